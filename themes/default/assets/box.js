// The search box of every page: small, because every page loads it. The search
// itself comes with the first use of the box.
'use strict';
(() => {
  const form = document.querySelector('form[data-search]');
  if (!form) return;
  const box = form.querySelector('input');
  let asked = false;
  const load = () => {
    if (asked) return;
    asked = true;
    const script = document.createElement('script');
    script.src = form.dataset.search;
    document.head.append(script);
  };
  box.addEventListener('focus', load);
  document.addEventListener('keydown', (event) => {
    const writing = event.target.closest('input, textarea, select, [contenteditable]');
    if (event.key != '/' || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  // A page of results, or one reached from them, needs the search at once.
  if (/[?&](q|tim)=./.test(location.search) || document.activeElement == box) load();
})();
