// What a reader sees of a page: boxes of its text, what hides them, what the keyboard reaches.
window.probe = (() => {
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable]';
  const LATER = '.skip:not(:focus)'; // a link that is in sight only while it has the focus
  const INVISIBLE = /^[\s\u2061-\u2064]*$/; // blanks, and signs of MathML that are only heard

  const isVisible = (element) =>
    element.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const said = (node) => node.textContent.trim().replace(/\s+/g, ' ').slice(0, 60);
  const isScrolled = (style) => /auto|scroll/.test(style.overflowX);
  const isClipped = (style) => style.overflowX !== 'visible' || style.overflowY !== 'visible';

  // The boxes that hide what is outside them, from the inside out.
  const frames = (element) => {
    const found = [];
    for (let each = element; each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (isClipped(style) && style.display !== 'inline') {
        found.push({box: each.getBoundingClientRect(), scrolls: isScrolled(style)});
      }
    }
    return found;
  };

  // A box for each line of each text; `seen` is the part that no frame hides.
  const texts = () => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const parent = node.parentElement;
      if (INVISIBLE.test(node.data) || !isVisible(parent) || parent.matches(LATER)) continue;
      const inside = frames(parent);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const {left, top, right, bottom} of range.getClientRects()) {
        if (right - left < 0.5 || bottom - top < 0.5) continue;
        const seen = {left, top, right, bottom};
        for (const {box} of inside) {
          seen.left = Math.max(seen.left, box.left);
          seen.right = Math.min(seen.right, box.right);
          seen.top = Math.max(seen.top, box.top);
          seen.bottom = Math.min(seen.bottom, box.bottom);
        }
        found.push({node, inside, left, top, right, bottom, seen});
      }
    }
    return found;
  };

  // Texts that stand on one another. A line is lower than its box, and formulas are set closely.
  const overlaps = () => {
    const inked = texts().map(({node, seen}) => {
      const air = (seen.bottom - seen.top) / 4;
      return {node, ...seen, top: seen.top + air, bottom: seen.bottom - air};
    }).filter((box) => box.right > box.left && box.bottom > box.top);
    inked.sort((one, two) => one.top - two.top);
    const found = [];
    inked.forEach((one, at) => {
      for (let next = at + 1; next < inked.length && inked[next].top < one.bottom - 1; next++) {
        const two = inked[next];
        const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
        const formula = one.node.parentElement.closest('math');
        const isOne = one.node === two.node || (formula && formula.contains(two.node));
        if (wide > 1.5 && !isOne) found.push(`${said(one.node)} / ${said(two.node)}`);
      }
    });
    return found;
  };

  // Texts that are partly out of sight: beyond the page, or in a box that hides and does not scroll.
  const cut = (paper) => {
    const found = [];
    const width = document.documentElement.clientWidth;
    for (const {node, inside, left, top, right, bottom} of texts()) {
      const scroller = !paper && inside.some((frame) => frame.scrolls);
      const beyond = left < -0.5 || right > width + 0.5;
      const hidden = inside.some(({box, scrolls}) =>
        (paper || !scrolls) && (left < box.left - 1 || right > box.right + 1) ||
        (top < box.top - 3 || bottom > box.bottom + 3));
      if ((beyond && !scroller) || hidden) found.push(said(node));
    }
    return found;
  };

  // Boxes that scroll and cannot be scrolled without a mouse.
  const stuck = () => [...document.querySelectorAll('*')].filter((each) =>
    isVisible(each) && each.scrollWidth > each.clientWidth + 1 && isScrolled(getComputedStyle(each))
    && each.tabIndex < 0 && !each.querySelector(FOCUSABLE)).map(said);

  // Parts of a page in order, those that widgets keep to themselves among them.
  const every = (root) => [...root.querySelectorAll('*')].flatMap((each) =>
    each.shadowRoot ? [each, ...every(each.shadowRoot)] : [each]);

  const focusable = () => every(document).filter((each) =>
    each.matches(FOCUSABLE) && isVisible(each) && each.tabIndex >= 0 && !each.disabled &&
    !each.closest('[disabled]'));

  // From now on: the number of each element that gets the focus, and how that shows.
  const watch = () => {
    const order = focusable();
    window.reached = [];
    const heard = ({target}) => {
      if (target.shadowRoot) return; // heard within
      const style = getComputedStyle(target);
      const box = target.getBoundingClientRect();
      const inSight = box.width > 0 && box.height > 0 &&
        (box.right > 0 && box.left < innerWidth || frames(target.parentElement).length > 0);
      window.reached.push({
        number: order.indexOf(target),
        says: said(target),
        shows: inSight && (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 ||
          style.boxShadow !== 'none'),
      });
    };
    for (const root of [document, ...every(document).map((each) => each.shadowRoot)]) {
      root?.addEventListener('focusin', heard);
    }
    return order.map(said);
  };

  // Parts of formulas that take no room.
  const unset = () => [...document.querySelectorAll('math, mi, mn, mo, mtext')].filter((each) => {
    const box = each.getBoundingClientRect();
    return isVisible(each) && !INVISIBLE.test(each.textContent) && !(box.width && box.height);
  }).map(said);

  // Drawings that do not say what they show.
  const nameless = () => [...document.querySelectorAll('img, svg, canvas')].filter((each) =>
    !each.parentElement.closest('svg') && !each.closest('[aria-hidden=true]') &&
    !(each.getAttribute('aria-label') || each.getAttribute('alt'))).map((each) => each.outerHTML.slice(0, 80));

  const links = () => [...document.querySelectorAll('a[href]')].map((each) => each.href);

  return {overlaps, cut, stuck, watch, unset, nameless, links};
})();
