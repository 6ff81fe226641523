// Dragging a course posts the same form as its "Move to…" button; everything works without this.
const WAIT = 150; // ms a finger rests before it drags, so that scrolling stays scrolling

function drop(event) {
  if (event.from === event.to) return;
  const term = event.to.dataset.term;
  const button = [...event.item.querySelectorAll('button[name="term"]')].find(
    (candidate) => candidate.value === term,
  );
  if (button) button.click();
}

function enable(root) {
  for (const list of root.querySelectorAll("[data-term]")) {
    window.Sortable.create(list, {
      group: "plan",
      draggable: ".placed",
      filter: ".placed-menu",
      preventOnFilter: false,
      sort: false,
      delay: WAIT,
      delayOnTouchOnly: true,
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd: drop,
    });
    for (const card of list.querySelectorAll(".placed")) card.dataset.draggable = "";
  }
}

// After a swap the keyboard stays where the course went.
function settle(root) {
  enable(root);
  const moved = root.querySelector(".is-moved summary");
  if (moved) moved.focus({ preventScroll: false });
}

if (window.Sortable) enable(document);
document.addEventListener("htmx:afterSwap", () => settle(document));
