// More than the 30,000,000 bytes that IIS takes unless told otherwise; nginx takes 1 MB.
const megabyte = 1024 * 1024
export const testBytes = 30 * megabyte
const path = '/api/checks/upload'

/** Does the same without a browser. The server refuses it unread, but only what comes through reaches the server. */
export const curlCommand = (address: string): string =>
  `head -c ${testBytes} /dev/zero | curl -s -o /dev/null -w '%{http_code}\\n' --data-binary @- ${address}${path}`

/** `limit`: something in front of the server says so; `cut`: the connection ended. */
export type Sent =
  | { readonly kind: 'good' | 'limit' | 'cut' }
  | { readonly kind: 'wait' | 'failed'; readonly number: number }

/** Sends a test upload and tells what became of it. Rejects only where `signal` ended it. */
export async function sendTestUpload(signal: AbortSignal): Promise<Sent> {
  const body = new Blob(Array.from({ length: testBytes / megabyte }, () => new Uint8Array(megabyte)))
  try {
    const answer = await fetch(path, { method: 'POST', body, signal })
    if (answer.ok) return { kind: (await answer.json()).bytes === testBytes ? 'good' : 'cut' }
    if (answer.status === 413) return { kind: 'limit' }
    if (answer.status === 429) return { kind: 'wait', number: Number(answer.headers.get('retry-after')) }
    return { kind: 'failed', number: answer.status }
  } catch (error) {
    if (signal.aborted) throw error
    return { kind: 'cut' }
  }
}
