// Before the first paint: the chosen theme, or the system's.
(function () {
  var wish = null;
  try {
    wish = localStorage.getItem("jobbot-theme");
  } catch {
    /* storage may be closed: the system's theme then */
  }
  var dark = wish === "dark" || (wish !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
