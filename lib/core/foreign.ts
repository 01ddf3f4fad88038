import { isGzip, isZip } from './archive'
import { formats as allFormats } from './formats'
import type { Format } from './formats/define-format'
import { DETECT_CHARS, detectFormat } from './formats/detect'
import { refusalOf } from './refusals'
import { decodeText } from './text'

/** A head that holds what detectors look at, in UTF-16 too, and as much again for the marks and colours that are taken out. */
export const headBytes = 4 * DETECT_CHARS

const FIRST_BYTES = 65_536

/**
 * Do the first `headBytes` of a longer file show that nothing in it will be read? Detectors look no further, so it is the answer that
 * the whole file would get, without hundreds of megabytes decoded for it.
 */
export function isForeign(head: Uint8Array, name: string, formats: readonly Format[] = allFormats): boolean {
  if (isZip(head) || isGzip(head)) return false
  if (refusalOf(head) !== undefined) return true
  // Nearly all exports tell by their first lines what they are.
  if (detectFormat(formats, decodeText(head.subarray(0, FIRST_BYTES)).text, name) !== undefined) return false
  const { text, encoding } = decodeText(head)
  if (encoding === 'binary') return true
  return text.length >= DETECT_CHARS && text.trim() !== '' && detectFormat(formats, text, name) === undefined
}
