/**
 * Asking the site for what the map shows: one request at a time, the newest question wins, and what was asked
 * before comes from memory. Answers of another tick than the newest are forgotten.
 */
const KEPT = 80;

export class Answers {
  #kept = new Map();
  #tick = null;
  #running = null;
  #read;

  /** @param {(response: Response) => Promise} read  makes an answer of a response */
  constructor(read = (response) => response.json()) {
    this.#read = read;
  }

  /** The answer for an address, or null if a newer question overtook it. Throws when the site doesn't answer. */
  async ask(url) {
    this.#running?.abort();
    this.#running = null;
    if (this.#kept.has(url)) return this.#keep(url, this.#kept.get(url));
    const running = (this.#running = new AbortController());
    try {
      const response = await fetch(url, { signal: running.signal });
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      const answer = await this.#read(response);
      return running.signal.aborted ? null : this.#keep(url, answer);
    } catch (error) {
      if (running.signal.aborted) return null;
      throw error;
    } finally {
      if (this.#running === running) this.#running = null;
    }
  }

  #keep(url, answer) {
    if (answer.tick !== this.#tick) this.#kept.clear(); // the record changed: older answers no longer hold
    this.#tick = answer.tick;
    this.#kept.delete(url);
    this.#kept.set(url, answer);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
    return answer;
  }
}
