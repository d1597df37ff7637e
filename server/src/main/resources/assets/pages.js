// Pages work without this. It adds a button that copies, and times in the reader's time zone.
'use strict';

for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(field.value);
    const copy = button.textContent;
    if (copy === button.dataset.copied) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = copy; }, 2000);
  });
}

for (const time of document.querySelectorAll('time[datetime]')) {
  const at = new Date(time.dateTime);
  const sameDay = at.toDateString() === new Date().toDateString();
  time.title = time.textContent;
  time.textContent = at.toLocaleString(document.documentElement.lang === 'en' ? 'en-GB' : document.documentElement.lang, sameDay ? {timeStyle: 'short'} : {dateStyle: 'long', timeStyle: 'short'});
}
