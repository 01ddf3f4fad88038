import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from './errors'

const chunkBytes = 1 << 20

/** Gathers small pieces: one write a megabyte instead of one an item. */
function* gathered(pieces: Iterable<string>): Generator<Buffer> {
  let held: string[] = []
  let length = 0
  for (const piece of pieces) {
    held.push(piece)
    length += piece.length
    if (length >= chunkBytes) {
      yield Buffer.from(held.join(''), 'utf8')
      held = []
      length = 0
    }
  }
  if (length > 0) yield Buffer.from(held.join(''), 'utf8')
}

const isBrokenPipe = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EPIPE'

/** Writes to standard output as fast as the reader takes it. A reader that goes away (`| head`) ends the writing, not the run. */
export async function writeOut(pieces: Iterable<string>): Promise<void> {
  const { stdout } = process
  let gone: unknown = null
  const onError = (error: unknown) => {
    gone = error
  }
  stdout.on('error', onError)
  for (const chunk of gathered(pieces)) {
    // the next piece is made when this one has been taken, so that a slow reader does not fill the memory
    await new Promise<void>((taken) => stdout.write(chunk, () => taken()))
    if (gone) break
  }
  if (gone && !isBrokenPipe(gone)) throw gone
}

/** The file is there whole or not at all. */
export function writeFile(file: string, pieces: Iterable<string>): void {
  const partial = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}`)
  let fd: number
  try {
    fd = openSync(partial, 'w')
  } catch {
    throw new UsageError(`--out: ${file} cannot be written.`)
  }
  try {
    for (const chunk of gathered(pieces)) for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at)
    closeSync(fd)
    renameSync(partial, file)
  } catch {
    rmSync(partial, { force: true })
    throw new UsageError(`--out: ${file} cannot be written.`)
  }
}
