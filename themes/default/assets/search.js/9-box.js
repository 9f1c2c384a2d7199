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
    status.textContent = show ? list.children.length + ' gợi ý, dùng mũi tên lên xuống để chọn.' : '';
    choose(-1);
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

  // Only the answer to the newest text is shown, and only while it is wanted.
  let newest = 0;
  let timer;
  const close = () => {
    clearTimeout(timer);
    newest++;
    open(false);
  };
  const renew = async () => {
    const text = box.value;
    if (text.trim().length < 3) return close();
    const mine = ++newest;
    const many = /\s\S{2,}$/.test(text.trim()); // one letter finds anything
    const words = await complete(text);
    // Pages for the likeliest completion: most often it is what comes next.
    const answer = many ? await search(words[0] || text, {limit: 5, quick: true}) : {hits: []};
    const read = answer.understood || words[0] || text;
    const reader = await readerFor(read);
    if (mine != newest) return;
    list.replaceChildren(
      ...words.filter((w) => w != text).slice(0, many ? 3 : 8).map((w) => option(() => submit(w), w)),
      ...answer.hits.map((h) => option(() => location.assign(addressOf(h, read)),
        element('b', {}, ...marked(reader, h.title)), element('small', {}, h.heading || h.excerpt.slice(0, 90)))),
    );
    options().forEach((o, i) => o.id = '_option' + i);
    open(list.children.length > 0);
  };
  const refresh = () => renew().catch(close); // without the index the box is a plain one
  const take = (o) => {
    close();
    o.go();
  };

  box.addEventListener('input', () => {
    choose(-1); // the options are those of the text before
    clearTimeout(timer);
    timer = setTimeout(refresh, 120);
  });
  box.addEventListener('keydown', async (event) => {
    if (event.isComposing || event.keyCode == 229) return; // 229: Safari's, for the key that ends a composition
    const move = {ArrowDown: 1, ArrowUp: -1}[event.key];
    if (move) {
      event.preventDefault();
      if (list.hidden) await refresh();
      const count = list.children.length;
      if (!list.hidden) choose((active + 1 + move + count + 1) % (count + 1) - 1); // -1 is the box itself
    } else if (event.key == 'Enter' && active >= 0) {
      event.preventDefault();
      take(options()[active]);
    } else if (event.key == 'Escape' && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener('click', (event) => {
    const o = event.target.closest('li');
    if (o) take(o);
  });
  box.addEventListener('blur', close);
  form.addEventListener('submit', close);
  if (box.value && document.activeElement == box) refresh();
})();
