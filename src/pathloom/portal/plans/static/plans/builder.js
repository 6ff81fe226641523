// Dragging a course with the mouse presses the button of its "Move to…" menu; nothing needs this.
let dragged = null;

function button(card, term) {
  return [...card.querySelectorAll('button[name="term"]')].find((found) => found.value === term);
}

function target(event) {
  const list = event.target.closest?.(".board-term")?.querySelector("[data-term]");
  return dragged && list && button(dragged, list.dataset.term) ? list : null;
}

function mark(list) {
  for (const marked of document.querySelectorAll(".is-target")) marked.classList.remove("is-target");
  list?.classList.add("is-target");
}

function enable() {
  for (const card of document.querySelectorAll(".board .placed")) card.draggable = true;
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".placed") ?? null;
  if (!dragged) return;
  event.dataTransfer.setData("text/plain", dragged.dataset.course);
  event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const list = target(event);
  mark(list);
  if (list) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const list = target(event);
  if (!list) return;
  event.preventDefault();
  button(dragged, list.dataset.term).click();
});

document.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});

// After an edit the keyboard stays where the course went; what was refused is brought into view.
document.addEventListener("htmx:load", (event) => {
  enable();
  if (event.target.id !== "plan") return;
  event.target.querySelector(".is-moved summary")?.focus();
  event.target.querySelector("#said .alert-stop")?.scrollIntoView({ block: "center" });
});

enable();
