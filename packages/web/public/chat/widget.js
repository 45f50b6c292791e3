// One script tag on any page: a button that opens the chat of this hotline in a frame of its own. Needs script-src and
// frame-src for this server and nothing else: no inline style or script, no storage, no cookie.
(() => {
  const script = document.currentScript;
  if (!script) return;
  const server = new URL(script.src).origin;
  const given = script.dataset;
  const english = (given.language || document.documentElement.lang || 'zh').toLowerCase().indexOf('en') === 0;
  const words = english ? { open: 'Chat with us', close: 'Close the chat' } : { open: '在线咨询', close: '收起会话' };
  const side = given.side === 'left' ? 'left' : 'right';
  let frame;

  const set = (element, style) => {
    for (const name of Object.keys(style)) element.style.setProperty(name, style[name]);
    return element;
  };
  const button = set(document.createElement('button'), {
    position: 'fixed',
    bottom: '20px',
    [side]: '20px',
    'z-index': '2147483000',
    'min-height': '48px',
    padding: '0 20px',
    border: '0',
    'border-radius': '24px',
    background: given.colour || '#2c57b8',
    color: '#ffffff',
    font: '600 16px/1.4 system-ui, sans-serif',
    cursor: 'pointer',
  });
  button.type = 'button';

  const shown = () => frame !== undefined && frame.style.getPropertyValue('display') !== 'none';
  const name = () => {
    button.textContent = shown() ? words.close : words.open;
    button.setAttribute('aria-expanded', String(shown()));
  };
  const open = () => {
    const query = new URLSearchParams({ embedded: '1' });
    if (given.queue) query.set('queue', given.queue);
    const narrow = window.innerWidth < 480;
    frame = set(document.createElement('iframe'), {
      position: 'fixed',
      bottom: narrow ? '0' : '80px',
      [side]: narrow ? '0' : '20px',
      'z-index': '2147483000',
      width: narrow ? '100%' : '390px',
      height: narrow ? 'calc(100% - 80px)' : '640px',
      'max-height': 'calc(100% - 96px)',
      border: '1px solid #c6ccd6',
      'border-radius': narrow ? '0' : '10px',
      background: '#ffffff',
    });
    frame.title = words.open;
    frame.src = `${server}/chat?${query}`;
    document.body.insertBefore(frame, button);
  };
  button.addEventListener('click', () => {
    if (frame === undefined) open();
    else frame.style.setProperty('display', shown() ? 'none' : 'block');
    name();
    if (shown()) frame.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !shown()) return;
    frame.style.setProperty('display', 'none');
    name();
    button.focus();
  });
  const attach = () => {
    name();
    document.body.appendChild(button);
  };
  if (document.body) attach();
  else document.addEventListener('DOMContentLoaded', attach);
})();
