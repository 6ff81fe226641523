// Menus are disclosures that need no script. With it they close as menus do: by Escape, which gives
// the focus back to what opened them, and those that lie over the page when one goes elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = event.target.closest?.("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

for (const moved of ["click", "focusin"]) {
  document.addEventListener(moved, (event) => {
    for (const menu of document.querySelectorAll("details.menu-over[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
}
