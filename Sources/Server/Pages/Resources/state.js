const number = (value, digits = 3) => new Intl.NumberFormat('en', { maximumSignificantDigits: digits }).format(value);

/** What the newest frame says: a name, and how its value reads. */
const values = [
  ['Exposure', (frame) => frame.exposure_us && exposure(frame.exposure_us)],
  ['Gain', (frame) => frame.analogue_gain && `× ${number(frame.analogue_gain)}`],
  ['Light', (frame) => frame.lux !== null && `${number(frame.lux)} lx`],
  ['Colour', (frame) => frame.colour_temperature && `${number(frame.colour_temperature, 2)} K`],
  ['Frame rate', (frame) => frame.frame_duration_us && `${number(1e6 / frame.frame_duration_us)} fps`],
  ['Focus', (frame) => frame.lens_position !== null && `${number(frame.lens_position)} dpt`],
  ['Bitrate', (frame) => frame.bitrate_bps && `${number(frame.bitrate_mbps)} Mbit/s`],
  ['Scene', (frame) => frame.scene_mode?.replace('_', ' ')],
];

function exposure(microseconds) {
  if (microseconds >= 1e6) return `${number(microseconds / 1e6)} s`;
  return microseconds >= 1000 ? `${number(microseconds / 1000)} ms` : `${number(microseconds)} µs`;
}

function showFrame(frame) {
  const rows = values.map(([name, read]) => [name, read(frame)]).filter(([, text]) => text);
  element('values').replaceChildren(
    ...rows.map(([name, text]) => {
      const row = document.createElement('div');
      row.append(cell('dt', name), cell('dd', text));
      return row;
    }),
  );
}

function showHealth(health) {
  const publisher = { ...health.publisher };
  if (!health.streaming_wanted) Object.assign(publisher, { state: 'stopped', isIdle: true });
  const rows = [['Camera', health.camera], ['Encoder', health.encoder], ['Publisher', publisher]].map(([name, part]) => {
    const look = part.up ? 'good' : part.isIdle || !part.reason ? 'idle' : 'bad';
    return row(name, part.state, look, part.reason);
  });
  const viewers = health.counters.video_viewers + health.counters.picture_viewers;
  rows.push(row('Live picture', viewers === 1 ? '1 viewer' : `${viewers} viewers`, 'idle'));
  element('parts').tBodies[0].replaceChildren(...rows);
}

function showScripts(scripts) {
  const looks = { running: 'good', done: 'good', loading: 'good', failed: 'bad' };
  const rows = scripts.map((script) => {
    const problem = script.state === 'failed' ? script.last_problem?.sentence.split('\n')[0] : null;
    return row(script.name, script.state, looks[script.state] ?? 'idle', problem ?? script.about);
  });
  element('scripts').tBodies[0].replaceChildren(...rows);
}

function row(name, state, look, note) {
  const made = document.createElement('tr');
  const second = cell('td', '');
  const word = cell('span', state);
  word.className = look;
  second.append(word);
  if (note) second.append(prose('small', note));
  made.append(cell('td', name), second);
  return made;
}

/** Text with its parts between backticks as code. */
function prose(tag, text) {
  const made = document.createElement(tag);
  made.append(...text.split('`').map((part, index) => (index % 2 ? cell('code', part) : part)));
  return made;
}

function cell(tag, text) {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

/** Asks for something again and again while the page is seen; what is not answered any more turns pale. */
async function follow(path, pause, id, show) {
  for (;;) {
    await untilVisible();
    try {
      show(await (await request(path)).json());
      element(id).classList.remove('stale');
    } catch {
      element(id).classList.add('stale');
    }
    await seconds(pause);
  }
}

async function showCamera() {
  for (;;) {
    try {
      const camera = await (await request('/v1/camera/capabilities')).json();
      element('camera').textContent = camera.sensor_model ?? '';
      return;
    } catch {
      await seconds(5);
    }
  }
}

keepPlaying();
showCamera();
follow('/v1/camera/status', 1, 'values', showFrame);
follow('/health', 1, 'parts', showHealth);
follow('/v1/scripts', 3, 'scripts', ({ scripts }) => showScripts(scripts));
