/**
 * The upper halves of code pages (bytes 80 to FF), from the tables at unicode.org/Public/MAPPINGS/VENDORS/MICSFT. A byte that a page
 * leaves open stands for the control character of its number. Hosts differ in what they decode: Node has no OEM pages at all, and some
 * of its releases read Windows-1252 as Latin-1.
 */
const upper = {
  'windows-1250':
    '€\u0081‚\u0083„…†‡\u0088‰Š‹ŚŤŽŹ\u0090‘’“”•–—\u0098™š›śťžź\u00a0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00ad®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż' +
    'ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙',
  'windows-1251':
    'ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u0098™љ›њќћџ\u00a0ЎўЈ¤Ґ¦§Ё©Є«¬\u00ad®Ї°±Ііґµ¶·ё№є»јЅѕї' +
    'АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя',
  'windows-1252':
    '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿' +
    'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ',
  'windows-1253':
    '€\u0081‚ƒ„…†‡\u0088‰\u008a‹\u008c\u008d\u008e\u008f\u0090‘’“”•–—\u0098™\u009a›\u009c\u009d\u009e\u009f\u00a0΅Ά£¤¥¦§¨©ª«¬\u00ad®―°±²³΄µ¶·ΈΉΊ»Ό½ΎΏ' +
    'ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡÒΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώÿ',
  cp437:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐' +
    '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  cp850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
    '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
} as const

export type CodePage = keyof typeof upper
export const codePages: readonly CodePage[] = [
  'windows-1252',
  'windows-1253',
  'windows-1250',
  'windows-1251',
  'cp850',
  'cp437',
]

export const isCodePage = (name: string): name is CodePage => Object.hasOwn(upper, name)

const CHUNK_BYTES = 1_048_576
const tables = new Map<string, Uint16Array>()

/** The character of each byte. */
function tableOf(page: CodePage | 'iso-8859-1'): Uint16Array {
  const known = tables.get(page)
  if (known !== undefined) return known
  const half = page === 'iso-8859-1' ? '' : upper[page]
  const made = Uint16Array.from({ length: 256 }, (_, byte) =>
    byte < 0x80 || half === '' ? byte : half.charCodeAt(byte - 0x80),
  )
  tables.set(page, made)
  return made
}

/** Bytes of a code page as text; `iso-8859-1` is the one whose bytes are the characters. */
export function decodeCodePage(bytes: Uint8Array, page: CodePage | 'iso-8859-1'): string {
  const table = tableOf(page)
  const decoder = new TextDecoder('utf-16le', { ignoreBOM: true })
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const chunk = bytes.subarray(at, at + CHUNK_BYTES)
    const units = new Uint16Array(chunk.length)
    for (let i = 0; i < chunk.length; i++) units[i] = table[chunk[i] ?? 0] ?? 0
    parts.push(decoder.decode(new Uint8Array(units.buffer)))
  }
  return parts.join('')
}

const reversed = new Map<CodePage, ReadonlyMap<number, number>>()

/**
 * The byte of each character beyond ASCII. For bytes that a page leaves open, programs show control characters or what Windows-1252 has
 * there: `β€ž` is Greek with its 9E from Windows-1252.
 */
export function bytesOfPage(page: CodePage): ReadonlyMap<number, number> {
  const known = reversed.get(page)
  if (known !== undefined) return known
  const made = new Map<number, number>()
  for (let byte = 0x80; byte < 0xa0; byte++) {
    made.set(byte, byte)
    if (page.startsWith('windows-') && upper[page].charCodeAt(byte - 0x80) === byte)
      made.set(upper['windows-1252'].charCodeAt(byte - 0x80), byte)
  }
  for (let i = 0; i < 128; i++) made.set(upper[page].charCodeAt(i), 0x80 + i)
  reversed.set(page, made)
  return made
}
