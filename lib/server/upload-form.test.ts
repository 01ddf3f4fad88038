import { ReadableStream as WebStream } from 'node:stream/web'
import { describe, expect, it } from 'vitest'
import { readUploadForm } from './upload-form'

type Part = { name: string; fileName?: string; body: string | Uint8Array }
const boundary = 'x-boundary'
const encoder = new TextEncoder()

function* bytesOf(parts: readonly Part[]): Generator<Uint8Array> {
  for (const { name, fileName, body } of parts) {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`
    yield encoder.encode(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`)
    yield typeof body === 'string' ? encoder.encode(body) : body
    yield encoder.encode('\r\n')
  }
  yield encoder.encode(`--${boundary}--\r\n`)
}

const requestOf = (chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, contentType?: string) =>
  new Request('http://localhost/', {
    ...{ method: 'POST', duplex: 'half', body: WebStream.from(chunks) as never },
    headers: { 'Content-Type': contentType ?? `multipart/form-data; boundary=${boundary}` },
  } as RequestInit)

const textOf = (body: ReadableStream<Uint8Array>) => new Response(body as never).text()

/** Reads every file to its end, or as far as `take` does. */
async function read(request: Request, take?: (fileName: string, body: ReadableStream<Uint8Array>) => Promise<string>) {
  const heard: string[] = []
  await readUploadForm(request, {
    field: (name, value) => heard.push(`${name}=${value}`),
    file: async (fileName, body) => {
      heard.push(`${fileName}: ${await (take ? take(fileName, body) : textOf(body))}`)
    },
  })
  return heard
}

const file = (fileName: string, body: string | Uint8Array): Part => ({ name: 'file', fileName, body })

describe('a form', () => {
  it('gives its parts in their order, with folders in the names', async () => {
    const parts = [
      { name: 'environment', body: 'Contoso' },
      file('ex01/a.txt', 'one'),
      file('b.txt', ''),
      file('c', 'x'),
    ]
    expect(await read(requestOf(bytesOf(parts)))).toEqual(['environment=Contoso', 'ex01/a.txt: one', 'b.txt: ', 'c: x'])
  })

  it('of a browser or of fetch reads the same', async () => {
    const form = new FormData()
    form.append('name', 'März')
    form.append('file', new Blob(['ä']), 'Prüfung.txt')
    const request = new Request('http://localhost/', { method: 'POST', body: form })
    expect(await read(request)).toEqual(['name=März', 'Prüfung.txt: ä'])
  })

  it('of PowerShell reads the same: quoted boundary, bare names, encoded file names', async () => {
    const lines = [
      '--4f1c9c5e',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Disposition: form-data; name=environment',
      '',
      'Köln',
      '--4f1c9c5e',
      'Content-Type: application/octet-stream',
      `Content-Disposition: form-data; name=file; filename="=?utf-8?B?UHLDvGZ1bmcudHh0?="; filename*=utf-8''Pr%C3%BCfung.txt`,
      '',
      'text',
      '--4f1c9c5e--',
      '',
    ]
    const type = 'multipart/form-data; boundary="4f1c9c5e"'
    const heard = await read(requestOf([encoder.encode(lines.join('\r\n'))], type))
    expect(heard).toEqual(['environment=Köln', 'Prüfung.txt: text'])
  })

  it('goes on after a file that nobody wants to the end', async () => {
    const big = new Uint8Array(3_000_000)
    const parts = [file('big', big), file('also', big), file('small', 'kept')]
    const heard = await read(requestOf(bytesOf(parts)), async (name, body) => {
      if (name === 'small') return textOf(body)
      const reader = body.getReader()
      await reader.read()
      await reader.cancel()
      return 'refused'
    })
    expect(heard).toEqual(['big: refused', 'also: refused', 'small: kept'])
  })

  it('waits for whoever stores: little of it is in memory', async () => {
    let sent = 0
    async function* slowly() {
      for (const bytes of bytesOf([
        file('a', ''),
        ...Array.from({ length: 2000 }, (_, i) => file(`${i}`, 'x'.repeat(10_000))),
      ])) {
        sent += bytes.length
        yield bytes
      }
    }
    let stored = 0
    let most = 0
    await read(requestOf(slowly()), async (_, body) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      const text = await textOf(body)
      stored += text.length
      most = Math.max(most, sent - stored)
      return ''
    })
    expect(stored).toBe(2000 * 10_000)
    expect(most).toBeLessThan(1_000_000)
  })

  it('that ends anywhere before its end is incomplete, and does not end the process', async () => {
    const whole = Buffer.concat([...bytesOf([{ name: 'name', body: 'x' }, file('a', 'yyyyy')])])
    const end = whole.length - '\r\n'.length
    for (let length = 1; length < end; length++)
      await expect(read(requestOf([whole.subarray(0, length)])), `${length} bytes`).rejects.toMatchObject({
        code: 'incomplete',
      })
    expect(await read(requestOf([whole.subarray(0, end)]))).toEqual(['name=x', 'a: yyyyy'])
  })

  it('whose sender goes away is incomplete', async () => {
    async function* broken() {
      yield* [...bytesOf([file('a', 'y'.repeat(100_000))])].slice(0, 2)
      throw new Error('gone')
    }
    await expect(read(requestOf(broken()))).rejects.toMatchObject({ code: 'incomplete' })
  })

  it('is given up where a part is wrong', async () => {
    const parts = [{ name: 'name', body: 'x'.repeat(3000) }, file('a', 'b')]
    await expect(read(requestOf(bytesOf(parts)))).rejects.toMatchObject({ code: 'bad-request' })
    const wrong = async () => {
      throw new Error('mine')
    }
    await expect(read(requestOf(bytesOf([file('a', 'b'), file('c', 'd')])), wrong)).rejects.toThrow('mine')
    const many = Array.from({ length: 6001 }, () => ({ name: 'answer', body: '' }))
    await expect(read(requestOf(bytesOf(many)))).rejects.toMatchObject({ code: 'bad-request' })
  })

  it('is nothing else', async () => {
    for (const type of ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'])
      await expect(read(requestOf([], type))).rejects.toMatchObject({ code: 'bad-request' })
  })
})
