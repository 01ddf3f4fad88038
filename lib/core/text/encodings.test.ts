import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfPage, type CodePage, codePages, decodeCodePage } from './code-pages'
import { decodeText } from './decode'

const utf8 = (s: string) => new TextEncoder().encode(s)
const utf16 = (s: string, big = false) => {
  const out = new Uint8Array(s.length * 2)
  const v = new DataView(out.buffer)
  for (let i = 0; i < s.length; i++) v.setUint16(i * 2, s.charCodeAt(i), !big)
  return out
}
const utf32 = (s: string, big = false) => {
  const points = Array.from(s, (c) => c.codePointAt(0) ?? 0)
  const out = new Uint8Array(points.length * 4)
  const v = new DataView(out.buffer)
  points.forEach((c, i) => {
    v.setUint32(i * 4, c, !big)
  })
  return out
}
const paged = (s: string, page: CodePage) => {
  const table = bytesOfPage(page)
  return Uint8Array.from(s, (c) => (c < '\u0080' ? c.charCodeAt(0) : (table.get(c.charCodeAt(0)) ?? 0x3f)))
}
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((p) => [...p]))
const codes = (bytes: Uint8Array, options = {}) => decodeText(bytes, options).notices.map((n) => n.code)

describe('code pages', () => {
  it.each(['windows-1250', 'windows-1251', 'windows-1252', 'windows-1253'] as const)('%s agrees with ICU', (page) => {
    const bytes = Uint8Array.from({ length: 128 }, (_, i) => i + 128)
    const other = new TextDecoder(page).decode(bytes)
    const own = decodeCodePage(bytes, page)
    // Node reads 1252 as Latin-1 in some releases, and ICU has no character where the page is open.
    for (let i = 0; i < 128; i++)
      if (!(page === 'windows-1252' && i < 32) && other[i] !== '\ufffd') expect([i, own[i]]).toEqual([i, other[i]])
  })

  it('have each letter once', () => {
    for (const page of codePages) expect([page, bytesOfPage(page).size >= 128]).toEqual([page, true])
    expect(decodeCodePage(Uint8Array.of(0x84, 0x94, 0x81, 0x8e, 0x99, 0x9a, 0xe1), 'cp850')).toBe('äöüÄÖÜß')
    expect(decodeCodePage(Uint8Array.of(0x84, 0x94, 0x81, 0x8e, 0x99, 0x9a, 0xe1), 'cp437')).toBe('äöüÄÖÜß')
  })
})

describe('a file from a console window', () => {
  const german = 'Name : Empfang für Außenstelle\r\nComment : ÜBERGABE, Größe über 10 MB, Fußzeile\r\n'

  it('is read with the OEM page, and says so', () => {
    const { text, encoding, notices } = decodeText(paged(german, 'cp850'))
    expect([text, encoding]).toEqual([german.replaceAll('\r', ''), 'cp850'])
    expect(notices).toEqual([{ code: 'encoding-guessed', level: 'info', params: { encoding: 'cp850' } }])
  })

  it.each([
    'Comment : „Alle Nachrichten“ – nur intern…\r\n',
    'Name : Škoda Žďár, Muškovič\r\n'.replace(/[ďč]/g, 'd'),
    'Name : Málaga\r\n',
    'Name : NoŠa Muška\r\n',
    'Name : Empfang für Außenstelle\r\n',
    'Comment : l’organisation d’Élise “x”\r\n',
  ])('is not seen in Windows-1252: %s', (text) => {
    expect(decodeText(paged(text, 'windows-1252'))).toMatchObject({
      text: text.replaceAll('\r', ''),
      encoding: 'windows-1252',
    })
  })
})

describe('what a person chose', () => {
  it.each(['windows-1252', 'cp850', 'cp437'] as const)('%s', (encoding) => {
    const bytes = paged('Name : Größe', encoding)
    expect(decodeText(bytes, { encoding })).toEqual({ text: 'Name : Größe', encoding, notices: [] })
  })

  it('goes before what the bytes look like', () => {
    expect(decodeText(utf8('ä'), { encoding: 'iso-8859-1' }).text).toBe('Ã¤')
    expect(decodeText(utf16('ä\r\nb'), { encoding: 'utf-16le' })).toEqual({
      text: 'ä\nb',
      encoding: 'utf-16le',
      notices: [],
    })
    expect(decodeText(join([0xfe, 0xff], utf16('ä', true)), { encoding: 'utf-16be' }).text).toBe('ä')
    expect(decodeText(join([0xef, 0xbb, 0xbf], utf8('ä')), { encoding: 'utf-8' }).text).toBe('ä')
  })
})

describe('UTF-32', () => {
  const text = 'Name : Größe 😀\r\nFqdn : mail.contoso.com\r\n'
  it.each([
    ['utf-32le', join([0xff, 0xfe, 0, 0], utf32(text))],
    ['utf-32be', join([0, 0, 0xfe, 0xff], utf32(text, true))],
    ['utf-32le', utf32('Name : contoso\r\nFqdn : mail.contoso.com\r\n')],
  ])('%s', (encoding, bytes) => {
    const read = decodeText(bytes)
    expect([read.encoding, read.text.endsWith('Fqdn : mail.contoso.com\n'), read.notices]).toEqual([encoding, true, []])
    expect(read.text.length > 20 && !read.text.includes('\ufffd')).toBe(true)
  })
})

describe('parts of different encodings', () => {
  const a = 'Name : Größe eins\r\nEnabled : True\r\n'
  const b = '\r\n\r\nName : Straße zwei\r\nEnabled : False\r\n\r\n'
  const expected = (a + b).replaceAll('\r', '')

  it.each<[string, Uint8Array, string]>([
    ['UTF-16LE behind UTF-8', join(utf8(a), utf16(b)), expected],
    ['UTF-16LE behind ANSI', join(paged(a, 'windows-1252'), utf16(b)), expected],
    ['UTF-16LE with its mark behind UTF-8', join(utf8(a), [0xff, 0xfe], utf16(b)), expected],
    ['UTF-16BE behind UTF-8', join(utf8(a), utf16(b, true)), expected],
    [
      'UTF-8 behind UTF-16LE',
      join([0xff, 0xfe], utf16(a), utf8(b.trimStart())),
      (a + b.trimStart()).replaceAll('\r', ''),
    ],
    ['ANSI behind UTF-16LE', join([0xff, 0xfe], utf16(a), paged(a, 'windows-1252')), (a + a).replaceAll('\r', '')],
    [
      'UTF-8 with its mark behind UTF-16LE',
      join([0xff, 0xfe], utf16(a), [0xef, 0xbb, 0xbf], utf8(a)),
      (a + a).replaceAll('\r', ''),
    ],
    ['three of them', join(utf8(a), utf16(b), utf8(a)), (a + b + a).replaceAll('\r', '')],
  ])('%s', (_, bytes, text) => {
    const read = decodeText(bytes)
    expect([read.text, read.encoding]).toEqual([text, 'mixed'])
    expect(read.notices.map((n) => n.code)).toContain('encodings-mixed')
  })

  it('says the line of the change', () => {
    expect(decodeText(join(utf8(a), utf16(b))).notices).toContainEqual({
      code: 'encodings-mixed',
      level: 'info',
      line: 3,
      params: { encodings: 'utf-8, utf-16le' },
    })
  })

  it('does not take Japanese text for two encodings', () => {
    const japanese =
      'Name : 受信コネクタ\r\nComment : ありがとうございます、これはてすとです\r\nすべてのメールをうけとる\r\nあいうえおかきくけこ\r\n'.repeat(
        20,
      )
    expect(decodeText(join([0xff, 0xfe], utf16(japanese)))).toEqual({
      text: japanese.replaceAll('\r', ''),
      encoding: 'utf-16le',
      notices: [],
    })
  })

  it('keeps single NULs out, and says so', () => {
    expect(decodeText(utf8('Name : a\u0000b\nFqdn : c\n'))).toMatchObject({
      text: 'Name : ab\nFqdn : c\n',
      notices: [{ code: 'characters-dropped', params: { count: 1 } }],
    })
  })

  it('takes linear time where encodings change all the time', () => {
    const part = join(utf16('x\r\n'), utf8('aaaaaaaaaaaa\r\n'))
    const bytes = new Uint8Array(part.length * 200_000)
    for (let i = 0; i < 200_000; i++) bytes.set(part, i * part.length)
    // Quadratic time would meet the time limit of all tests.
    expect(decodeText(bytes).text.length).toBeGreaterThan(200_000)
  })
})

describe('a mark inside', () => {
  it('begins a line where none begins', () => {
    expect(decodeText(utf8('IsValid : True\ufeffName : b')).text).toBe('IsValid : True\nName : b')
    expect(decodeText(utf8('IsValid : True\r\n\ufeffName : b')).text).toBe('IsValid : True\nName : b')
    expect(decodeText(join([0xff, 0xfe], utf16('a : 1\ufeffb : 2'))).text).toBe('a : 1\nb : 2')
  })

  it('leaves other invisible characters in', () => {
    const text = 'a\u00a0b\u2007c\u202fd\u200be\u00adf'
    expect(decodeText(utf8(text)).text).toBe(text)
  })
})

describe('mojibake', () => {
  const wrong = (s: string, page: CodePage) => decodeCodePage(utf8(s), page)

  it.each(codePages)('of %s is found, told and left alone', (page) => {
    const text = `Name : ${wrong('„Außenstelle“', page)}\nEnabled : True\n`
    const read = decodeText(utf8(text))
    expect(read.text).toBe(text)
    expect(read.notices).toMatchObject([
      { code: 'mojibake', level: 'info', line: 1, params: { codepage: page, repaired: '„Außenstelle“' } },
    ])
  })

  it('is repaired where a person asked for it, and in these runs alone', () => {
    const text = `Comment : Größe\nName : ${wrong('für Köln', 'windows-1252')}\nFqdn : ${wrong('„x“', 'windows-1252')}\n`
    const read = decodeText(utf8(text), { repair: true })
    expect(read.text).toBe('Comment : Größe\nName : für Köln\nFqdn : „x“\n')
    expect(read.notices).toMatchObject([{ code: 'mojibake-repaired', line: 2, params: { count: 4, repaired: 'für' } }])
  })

  it('is the Greek page of the well-known quotation marks', () => {
    expect(decodeText(utf8('β€žEs wurde durchlaufen.β€\u009c')).notices).toMatchObject([{ code: 'mojibake' }])
    expect(decodeText(utf8('β€žEs')).notices[0]?.params).toMatchObject({ codepage: 'windows-1253' })
  })

  it.each([
    '„Grüße“ – „GRÜSSE“, É», «é», Ä“',
    'Привет, Рівне, Тест',
    'Κωδικός ΐ',
    '受信コネクタ',
    'naïve café ½ ©',
  ])('is not seen in %s', (text) => {
    expect(codes(utf8(text), { repair: true })).toEqual([])
    expect(decodeText(utf8(text), { repair: true }).text).toBe(text)
  })

  it('never changes the number of lines', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom(...codePages), (text, page) => {
        const bytes = utf8(`${text}\n${wrong(text, page)}\n`)
        const plain = decodeText(bytes).text.split('\n').length
        return decodeText(bytes, { repair: true }).text.split('\n').length === plain
      }),
    )
  })
})
