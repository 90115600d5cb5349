'use strict';
(() => {
  const selects = [...document.querySelectorAll('#browser select')];
  const samples = [...document.querySelectorAll('#browser details')];
  const show = () => samples.forEach(sample => {
    sample.hidden = selects.some(select => select.value && sample.dataset[select.name] !== select.value);
  });
  selects.forEach(select => select.addEventListener('change', show));
})();
