import 'server-only'
import { randomBytes, randomUUID } from 'node:crypto'
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'

const keyBytes = 32
const othersBits = 0o077
const isWindows = process.platform === 'win32' // its files have no such modes; the folder's rights are inherited

function flush(file: string, content: Buffer): void {
  const handle = openSync(/* turbopackIgnore: true */ file, 'wx', 0o600)
  try {
    writeSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function flushFolder(folder: string): void {
  if (isWindows) return
  const handle = openSync(/* turbopackIgnore: true */ folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** 32 random bytes in a new file that only its owner may read. The name appears with the whole content on the disk, or not at all. */
export function makeKeyFile(file: string): Buffer {
  mkdirSync(/* turbopackIgnore: true */ path.dirname(file), { recursive: true, mode: 0o700 })
  const part = `${file}.${randomUUID()}.part`
  flush(part, randomBytes(keyBytes))
  try {
    linkSync(/* turbopackIgnore: true */ part, file) // unlike a rename it never replaces a key
  } catch (error) {
    if (!existsSync(/* turbopackIgnore: true */ file)) throw error
  } finally {
    rmSync(/* turbopackIgnore: true */ part)
  }
  flushFolder(path.dirname(file))
  const made = readKeyFile(file)
  if (!made) throw new Error(`${file} could not be written.`)
  return made
}

const mayOthersRead = (file: string): boolean =>
  !isWindows && (statSync(/* turbopackIgnore: true */ file).mode & othersBits) !== 0

/** Other people of the machine may have read it, but what it protects lies in a folder that was as open: closing both is enough. */
function tighten(file: string): void {
  if (!mayOthersRead(file)) return
  try {
    chmodSync(/* turbopackIgnore: true */ file, 0o600)
  } catch {} // not ours, or a file system without modes: the next line says it
  if (mayOthersRead(file)) throw new Error(`${file} may be read by others. Give it to this account, with mode 600.`)
  console.warn(`[start] ${file} could be read by others; its mode is 600 now.`)
}

/** The 32 bytes of a key file; null where there is none. Throws one sentence for another length, or where others may read it. */
export function readKeyFile(file: string): Buffer | null {
  if (!existsSync(/* turbopackIgnore: true */ file)) return null
  tighten(file)
  const key = readFileSync(/* turbopackIgnore: true */ file)
  if (key.length !== keyBytes)
    throw new Error(`${file} must have ${keyBytes} bytes, and has ${key.length}. Restore it from a backup.`)
  return key
}

/** Puts a key in the place of another one, which is gone then. Whenever the power fails, one of the two is there, whole. */
export function replaceKeyFile(next: string, file: string): void {
  renameSync(/* turbopackIgnore: true */ next, file)
  flushFolder(path.dirname(file))
}
