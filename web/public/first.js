// Runs before the first paint and before any other script of the page.
(function () {
  // The chosen theme, or the system's.
  var wish = null;
  try {
    wish = localStorage.getItem("jobbot-theme");
  } catch {
    /* storage may be closed: the system's theme then */
  }
  var dark = wish === "dark" || (wish !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";

  // Trusted Types: text becomes the address of a script only where it names one of our own built files, and never
  // becomes markup or code. React makes script elements out of one constant, which holds nothing.
  if (!window.trustedTypes) return;
  var refuse = function (what) {
    return function () {
      throw new TypeError("this page makes no " + what + " out of text");
    };
  };
  trustedTypes.createPolicy("default", {
    createScriptURL: function (text) {
      var address = new URL(text, document.baseURI);
      // As it came: the loader of the built files knows each by the very text.
      if (address.origin === location.origin && address.pathname.startsWith("/_next/static/")) return text;
      throw new TypeError("this page loads no script from elsewhere");
    },
    createHTML: function (text) {
      return text === "<script></script>" ? text : refuse("markup")();
    },
    createScript: refuse("script"),
  });
})();
