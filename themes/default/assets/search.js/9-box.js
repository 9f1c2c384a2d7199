// The box as a combobox (ARIA Authoring Practices 1.2, list autocomplete with
// manual selection): what a query may become, and the first pages, while it is
// being typed.
(() => {
  const form = document.querySelector('form[data-search]');
  const box = form.querySelector('input');
  const list = element('ul', {id: '_options', role: 'listbox', 'aria-label': 'Gợi ý tìm kiếm', hidden: ''});
  const status = element('div', {class: 'hidden', role: 'status'});
  for (const [key, v] of Object.entries({role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': '_options', 'aria-expanded': 'false'})) box.setAttribute(key, v);
  form.append(list, status);

  let active = -1;
  const options = () => [...list.children];
  const choose = (n) => {
    active = n;
    options().forEach((o, i) => o.setAttribute('aria-selected', i == n));
    if (n < 0) return box.removeAttribute('aria-activedescendant');
    box.setAttribute('aria-activedescendant', options()[n].id);
    options()[n].scrollIntoView({block: 'nearest'});
  };
  const open = (show) => {
    list.hidden = !show;
    box.setAttribute('aria-expanded', show);
    if (!show) choose(-1);
  };

  const option = (go, ...children) => {
    const o = element('li', {role: 'option', 'aria-selected': 'false'}, ...children);
    o.go = go;
    return o;
  };
  const submit = (text) => {
    box.value = text;
    form.requestSubmit();
  };

  // Only the answer to the newest text is shown.
  let newest = 0;
  let timer;
  const refresh = async () => {
    const text = box.value;
    const mine = ++newest;
    const many = /\S\s+\S/.test(text.trim());
    if (text.trim().length < 3) return open(false);
    const [words, answer] = await Promise.all([complete(text), many ? search(text, {limit: 5}) : {hits: []}]);
    if (mine != newest || document.activeElement != box) return;
    const reader = await readerFor(text);
    list.replaceChildren(
      ...words.filter((w) => w != text).slice(0, many ? 3 : 8).map((w) => option(() => submit(w), w)),
      ...answer.hits.map((h) => option(() => location.assign(addressOf(h, text)),
        element('b', {}, ...marked(reader, h.title)), element('small', {}, h.heading || h.excerpt.slice(0, 90)))),
    );
    options().forEach((o, i) => o.id = '_option' + i);
    choose(-1);
    open(list.children.length > 0);
    status.textContent = list.hidden ? '' : list.children.length + ' gợi ý, dùng mũi tên lên xuống để chọn.';
  };

  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 120);
  });
  box.addEventListener('keydown', (event) => {
    const count = list.children.length;
    const move = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (move && !count) refresh();
    if (move && count) {
      event.preventDefault();
      open(true);
      choose((active + 1 + move + count + 1) % (count + 1) - 1); // -1 is the box itself
    } else if (event.key == 'Enter' && !event.isComposing && !list.hidden && active >= 0) {
      event.preventDefault();
      options()[active].go();
    } else if (event.key == 'Escape' && !list.hidden) {
      event.preventDefault();
      open(false);
    }
  });
  list.addEventListener('pointerdown', (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener('click', (event) => {
    const o = event.target.closest('li');
    if (o) o.go();
  });
  box.addEventListener('blur', () => open(false));
  form.addEventListener('submit', () => open(false));
  if (box.value && document.activeElement == box) refresh();
})();
