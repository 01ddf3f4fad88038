import { type Problem, Refusal, type Transport, Unreachable } from './upload-queue'

/** Statuses of a proxy before a server that is restarting: nothing was refused, so it is sent again. */
const restarting = new Set([0, 502, 503, 504])

function problemOf(body: string, status: number, fallback: (status: number) => string): Problem & { code?: string } {
  try {
    const value: unknown = JSON.parse(body)
    if (value && typeof value === 'object' && 'detail' in value && typeof value.detail === 'string') {
      return {
        detail: value.detail,
        ...('title' in value && typeof value.title === 'string' && { title: value.title }),
        ...('code' in value && typeof value.code === 'string' && { code: value.code }),
      }
    }
  } catch {
    // Not the server's own answer, such as a proxy's page: its status has to do.
  }
  return { detail: fallback(status) }
}

function idOf(body: string): string {
  const value: unknown = JSON.parse(body)
  if (value && typeof value === 'object' && 'id' in value && typeof value.id === 'string') return value.id
  throw new Unreachable()
}

type Texts = { serverError: (status: number) => string; unreadable: string }

/** Raw PUT with the progress that only XMLHttpRequest reports. */
function put(url: string, file: Blob, onSent: (bytes: number) => void, signal: AbortSignal, texts: Texts) {
  return new Promise<{ id: string }>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const fail = () => reject(new Unreachable())
    request.open('PUT', url)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.upload.onprogress = (event) => onSent(event.loaded)
    request.onerror = fail
    request.onabort = fail
    request.ontimeout = fail
    request.onload = () => {
      if (restarting.has(request.status)) return fail()
      if (request.status === 201) return resolve({ id: idOf(request.responseText) })
      const problem = problemOf(request.responseText, request.status, texts.serverError)
      // The connection broke on the way: the file itself is fine.
      if (problem.code === 'incomplete') return fail()
      reject(new Refusal(problem))
    }
    signal.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

/** Reading one byte tells a file that is gone from a server that is gone: both fail alike while sending. */
async function assertReadable(file: Blob, texts: Texts): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer()
  } catch {
    throw new Refusal({ detail: texts.unreadable })
  }
}

/** The server's doors for the files of one draft. */
export function draftTransport(draft: string, texts: Texts): Transport {
  const base = `/api/drafts/${draft}`
  return {
    send: async (name, file, onSent, signal) => {
      await assertReadable(file, texts)
      return put(`${base}/uploads?name=${encodeURIComponent(name)}`, file, onSent, signal, texts)
    },
    stored: async () => {
      try {
        const answer = await fetch(base, { cache: 'no-store' })
        const body: unknown = await answer.json()
        const uploads = body && typeof body === 'object' && 'uploads' in body ? body.uploads : []
        return Array.isArray(uploads) ? uploads : []
      } catch {
        throw new Unreachable()
      }
    },
    pause: (attempt) => new Promise((done) => setTimeout(done, Math.min(15_000, 500 * 2 ** attempt))),
  }
}
