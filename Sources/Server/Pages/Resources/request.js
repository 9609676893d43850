'use strict';

const element = (id) => document.getElementById(id);
const seconds = (count) => new Promise((done) => setTimeout(done, 1000 * count));

/** A refusal, in the words of the host. */
class Refused extends Error {}

/** The key of this session: asked for when the host wants one, and kept until the tab is closed. */
const access = {
  key: sessionStorage.getItem('key') ?? '',
  given: null,

  /** Waits until somebody has typed the right key. */
  ask() {
    element('key-form').hidden = false;
    element('message').textContent = 'The picture needs a key.';
    this.given ??= new Promise((done) => {
      element('key-form').onsubmit = async (event) => {
        event.preventDefault();
        const key = element('key').value;
        element('key-problem').textContent = '';
        const problem = await this.problem(key);
        element('key-problem').textContent = problem;
        if (problem) return;
        this.key = key;
        sessionStorage.setItem('key', key);
        element('key-form').hidden = true;
        this.given = null;
        done();
      };
    });
    return this.given;
  },

  /** What is wrong with a key, asked once: the host counts wrong ones. */
  async problem(key) {
    try {
      const response = await fetch('/v1/scripts', { headers: { 'X-API-Key': key }, cache: 'no-store' });
      if (response.status === 401) return 'This key is not the right one.';
      return response.status === 429 ? await reason(response) : '';
    } catch (error) {
      return sentence(error);
    }
  },
};

/** Sends a request with the key; what is not a success becomes an error that says why. */
async function request(path, signal) {
  const key = access.key;
  const headers = key ? { 'X-API-Key': key } : {};
  const response = await fetch(path, { headers, signal, cache: 'no-store' });
  if (response.ok) return response;
  if (response.status === 401) {
    // Several requests may learn it at once; one that was sent with an older key just tries again.
    if (key === access.key) await access.ask();
    return request(path, signal);
  }
  throw new Refused(await reason(response));
}

async function reason(response) {
  try {
    const { detail } = await response.json();
    if (typeof detail === 'string') return detail;
  } catch { /* no JSON: the status has to do */ }
  return `the host answered ${response.status}`;
}

/** What went wrong, in one sentence. */
function sentence(error) {
  if (error instanceof Refused) return error.message;
  if (error instanceof TypeError) return 'the host does not answer';
  return error.message || 'the picture broke off';
}
