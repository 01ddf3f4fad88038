import 'server-only'
import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy'
import { AppError } from './errors'

// Reads multipart/form-data without holding a file: each goes on to where it is stored while it arrives.

/** What takes the parts of a form. What it throws ends the reading; about a file that is only refused it must not throw. */
export type FormParts = {
  readonly field: (name: string, value: string) => void
  readonly file: (fileName: string, body: ReadableStream<Uint8Array>) => Promise<void>
}

const limits = { fieldNameSize: 100, fieldSize: 2000, fields: 6000, files: 5000, headerPairs: 50, headerSize: 16_384 }
/** Files that have arrived whole and wait to be stored: small ones come faster than a disk flushes. */
const maxWaiting = 4

/** A file that is read no further flows on into nothing: what comes after it in the form must still arrive. */
function bodyOf(file: BusboyFileStream): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = file.iterator({ destroyOnReturn: false })
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await chunks.return?.()
      file.resume()
    },
  })
}

/** One after the other, with a way to wait until few are left. */
function line() {
  const waiting: Promise<void>[] = []
  return {
    add(work: () => Promise<void>) {
      const mine = (waiting.at(-1) ?? Promise.resolve()).then(work).finally(() => {
        waiting.splice(waiting.indexOf(mine), 1)
      })
      waiting.push(mine)
    },
    /** The last one may still be arriving, so it is waited for only where none may be left. */
    async until(count: number) {
      while (waiting.length > count) await waiting[0]
    },
  }
}

/**
 * Hands the parts of a form on in their order, files one after the other. Throws AppError `bad-request` for what is no such form,
 * `no-body`, `incomplete` when it ends in the middle, and what the parts throw.
 */
export async function readUploadForm(request: Request, parts: FormParts): Promise<void> {
  const parser = parserFor(request.headers.get('content-type') ?? '')
  if (!request.body) throw new AppError('no-body')
  const failures: unknown[] = []
  const files = line()
  const guarded = async (work: () => Promise<void> | void) => {
    try {
      if (failures.length === 0) await work()
    } catch (error) {
      failures.push(error)
    }
  }
  parser.on('field', (name: string, value: string, _: boolean, isCut: boolean) => {
    guarded(() => {
      if (isCut) throw new AppError('bad-request', { reason: `${name.slice(0, 50)}: > ${limits.fieldSize} bytes` })
      parts.field(name, value)
    })
  })
  parser.on('file', (_: string, file: BusboyFileStream, fileName: string) => {
    file.on('error', () => {}) // the form ended in the middle: whoever reads the file hears of it as well
    files.add(async () => {
      await guarded(() => parts.file(fileName, bodyOf(file)))
      file.resume()
    })
  })
  for (const event of ['filesLimit', 'fieldsLimit'])
    parser.on(event, () => failures.push(new AppError('bad-request', { reason: 'too many parts' })))
  await feed(parser, request.body, files, () => failures.length > 0).catch((error: unknown) => failures.push(error))
  await files.until(0) // also after a failure: nothing is stored any more when this returns
  const [failure] = failures
  if (failure !== undefined) throw failure
}

type Line = ReturnType<typeof line>

async function feed(parser: BusboyInstance, body: ReadableStream<Uint8Array>, files: Line, isOver: () => boolean) {
  const ended = new Promise<boolean>((resolve) => {
    parser.on('finish', () => resolve(true)).on('error', () => resolve(false))
  })
  try {
    for await (const chunk of body) {
      if (isOver()) break
      await new Promise<void>((resolve) => parser.write(chunk, () => resolve()))
      await files.until(maxWaiting)
    }
  } catch (error) {
    parser.end()
    throw new AppError('incomplete', {}, { cause: error })
  }
  parser.end()
  if (!(await ended) && !isOver()) throw new AppError('incomplete')
}

function parserFor(contentType: string): BusboyInstance {
  if (!/^multipart\/form-data\b/i.test(contentType))
    throw new AppError('bad-request', { reason: 'Content-Type: multipart/form-data' })
  try {
    return new Busboy({ headers: { 'content-type': contentType }, limits, preservePath: true })
  } catch (error) {
    throw new AppError('bad-request', { reason: 'boundary' }, { cause: error })
  }
}
