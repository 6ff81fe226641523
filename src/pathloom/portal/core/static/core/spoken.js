// What is swapped into a page is said aloud: a live region that is swapped itself stays silent.
document.addEventListener("htmx:afterSwap", () => {
  const place = document.querySelector("[data-spoken]"); // its value, where not all of it is said
  const words = (place?.dataset.spoken || place?.textContent)?.replace(/\s+/g, " ").trim();
  const aloud = document.getElementById("aloud");
  if (words !== undefined && words !== aloud.textContent) aloud.textContent = words;
});
