// Pages work without this. It adds a button that copies, and times in the reader's time zone.
'use strict';

for (const button of document.querySelectorAll('button[data-copy]')) {
  const field = document.getElementById(button.dataset.copy);
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(field.value);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = 'Copy'; }, 2000);
  });
}

for (const time of document.querySelectorAll('time[datetime]')) {
  const at = new Date(time.dateTime);
  const sameDay = at.toDateString() === new Date().toDateString();
  time.title = time.textContent;
  time.textContent = at.toLocaleString('en-GB', sameDay ? {timeStyle: 'short'} : {dateStyle: 'long', timeStyle: 'short'});
}
