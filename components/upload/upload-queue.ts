/** A refusal in words: what the server answered, or what was found before anything was sent. */
export type Problem = { title?: string; detail: string }

export type QueueItem = {
  readonly key: number
  readonly name: string
  readonly bytes: number
  readonly sent: number
  /** `stored`: the server has it on its disk. `retrying`: the server did not answer; it is sent again by itself. */
  readonly state: 'waiting' | 'sending' | 'retrying' | 'stored' | 'refused'
  readonly problem?: Problem
  readonly uploadId?: string
}

export type QueuedFile = { readonly name: string; readonly file: Blob }

export type Transport = {
  /** Sends one file. Rejects with `Unreachable` where no answer came, with `Refusal` where the answer was no. */
  send: (name: string, file: Blob, onSent: (bytes: number) => void, signal: AbortSignal) => Promise<{ id: string }>
  /** What the server holds already. */
  stored: () => Promise<readonly { id: string; name: string; bytes: number }[]>
  /** Resolves after a while; longer with every attempt. */
  pause: (attempt: number) => Promise<void>
}

export class Unreachable extends Error {}
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
}

const parallel = 3

type Entry = { item: QueueItem; file: Blob; abort: AbortController }

/** Files on their way to the server: three at a time, again until it answers, in the order they were added. */
export class UploadQueue {
  #entries: Entry[] = []
  #snapshot: readonly QueueItem[] = []
  #listeners = new Set<() => void>()
  #nextKey = 1
  #claimed = new Set<string>()

  constructor(
    private readonly transport: Transport,
    /** A reason not to send a file at all. */
    private readonly refuse: (file: QueuedFile) => Problem | null,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  snapshot = (): readonly QueueItem[] => this.#snapshot

  add(files: readonly QueuedFile[]): void {
    for (const { name, file } of files) {
      const problem = this.refuse({ name, file })
      const item: QueueItem = {
        key: this.#nextKey++,
        name,
        bytes: file.size,
        sent: 0,
        ...(problem ? { state: 'refused', problem } : { state: 'waiting' }),
      }
      this.#entries.push({ item, file, abort: new AbortController() })
    }
    this.#changed()
    this.#work()
  }

  /** Takes a file out; one that is being sent is stopped. */
  remove(key: number): void {
    this.#entries.find((e) => e.item.key === key)?.abort.abort()
    this.#entries = this.#entries.filter((e) => e.item.key !== key)
    this.#changed()
    this.#work()
  }

  retry(key: number): void {
    const entry = this.#entries.find((e) => e.item.key === key)
    if (!entry || this.refuse({ name: entry.item.name, file: entry.file })) return
    this.#set(entry, { state: 'waiting', sent: 0 })
    this.#work()
  }

  /** Forgets the files that the page itself shows by now. */
  settle(known: ReadonlySet<string>): void {
    const kept = this.#entries.filter((e) => !(e.item.uploadId && known.has(e.item.uploadId)))
    if (kept.length === this.#entries.length) return
    this.#entries = kept
    this.#changed()
  }

  #changed(): void {
    this.#snapshot = this.#entries.map((e) => e.item)
    for (const listener of this.#listeners) listener()
  }

  #set(entry: Entry, change: Partial<QueueItem>): void {
    entry.item = { ...entry.item, ...change }
    this.#changed()
  }

  #work(): void {
    const busy = this.#entries.filter((e) => e.item.state === 'sending' || e.item.state === 'retrying').length
    for (const entry of this.#entries.filter((e) => e.item.state === 'waiting').slice(0, Math.max(0, parallel - busy)))
      void this.#send(entry)
  }

  async #send(entry: Entry): Promise<void> {
    for (let attempt = 1; !entry.abort.signal.aborted; attempt++) {
      this.#set(entry, { state: 'sending', sent: 0 })
      try {
        const id = (attempt > 1 && (await this.#arrived(entry))) || (await this.#transfer(entry))
        this.#claimed.add(id)
        this.#set(entry, { state: 'stored', sent: entry.item.bytes, uploadId: id })
        break
      } catch (error) {
        if (!(error instanceof Unreachable)) {
          const problem = error instanceof Refusal ? error.problem : { detail: String(error) }
          this.#set(entry, { state: 'refused', problem })
          break
        }
        this.#set(entry, { state: 'retrying', sent: 0 })
        await this.transport.pause(attempt)
      }
    }
    this.#work()
  }

  async #transfer(entry: Entry): Promise<string> {
    const { name } = entry.item
    const onSent = (sent: number) => this.#set(entry, { sent })
    return (await this.transport.send(name, entry.file, onSent, entry.abort.signal)).id
  }

  /** The answer may have been lost after the file had arrived: then it must not be sent twice. */
  async #arrived(entry: Entry): Promise<string | undefined> {
    const stored = await this.transport.stored()
    const { name, bytes } = entry.item
    return stored.find((u) => u.name === name && u.bytes === bytes && !this.#claimed.has(u.id))?.id
  }
}
