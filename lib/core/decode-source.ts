import type { Reading } from './reading'
import type { Loaded } from './source'
import { type Decoded, decodeText } from './text'

/** The text of a source as everything sees it, readers, evidence and the raw view: with the encoding and repair a person chose. */
export function decodeSource(name: string, { bytes, isOwn = false }: Loaded, reading: Reading): Decoded {
  const encoding = reading.encoding(name)
  return decodeText(bytes, {
    ...(encoding === undefined ? {} : { encoding }),
    ...(reading.isRepaired(name) ? { repair: true } : {}),
    isOwn,
  })
}
