// Saving a line changes the draft in place. Without this script every form works as a whole page.
let place = null; // what the keyboard or the mouse used last: its part, its line, its control

function placeOf(control) {
  return {
    part: control.closest?.("[data-part]")?.dataset.part,
    line: control.closest?.(".author-line[id]")?.id,
    control: control.name ? `[name="${control.name}"][value="${control.value}"]` : "",
    adds: Boolean(control.closest?.(".author-form")),
  };
}

function backTo(draft) {
  const form = draft.querySelector(".author-part .author-form, .author-form[aria-label]");
  if (form) {
    const wrong = form.querySelector(".field-wrong :is(input, select, textarea)");
    return wrong ?? form.querySelector("input:not([type=hidden]), select, textarea");
  }
  const part = place?.part && draft.querySelector(`[data-part="${place.part}"]`);
  const line = place?.line && document.getElementById(place.line);
  const last = place?.adds && [...(part?.querySelectorAll(".author-line") ?? [])].at(-1);
  const there = line || last || part || draft.querySelector(".author-undo") || draft;
  return (place?.control && there.querySelector(place.control)) || there.querySelector("a, button");
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const from = event.detail.requestConfig.triggeringEvent?.submitter ?? event.detail.elt;
  place = placeOf(from);
});

// Mistakes and clashes come with their form. What is no draft is another page, or says what went
// wrong in place of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  const draft = detail.serverResponse.includes('id="draft"');
  if (detail.xhr.status >= 400) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
  if (draft) return;
  if (detail.xhr.status < 400) {
    detail.shouldSwap = false;
    window.location.assign(detail.xhr.responseURL);
  } else {
    detail.target = document.getElementById("main");
    detail.selectOverride = "#main";
  }
});

document.addEventListener("htmx:afterSettle", (event) => {
  const draft = document.getElementById("draft");
  if (!draft || event.detail.elt.id === "said") return;
  backTo(draft)?.focus({ preventScroll: true });
  document.activeElement?.scrollIntoView?.({ block: "nearest" });
});
