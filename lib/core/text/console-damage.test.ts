import { describe, expect, it } from 'vitest'
import { tidied } from './console-damage'

const plain =
  'Identity           : EX01\\Relay\nTlsCertificateName : <I>CN=CA<S>CN=*.contoso.com\nAddressSpaces      : {SMTP:*;1}\n'
const lines = (change: (line: string) => string) =>
  plain
    .split('\n')
    .map((l) => (l === '' ? l : change(l)))
    .join('\n')

it('leaves a text without damage as it is', () => {
  for (const text of [
    plain,
    'Banner : 220 ***\nComment : a & b > c\n- one\n',
    'PS> dir |\n>> fl\n>> x\n>> y\n',
    'Copy C:\\*\nIdentity : EX01\\(Relay)\n',
    '',
  ])
    expect(tidied(text)).toBe(text)
})

describe('gives back what was printed', () => {
  it.each([
    ['quotes of a mail', lines((l) => `> ${l}`)],
    ['quotes without a blank', lines((l) => `>${l}`)],
    ['quotes of a quote', lines((l) => `> > ${l}`)],
    ['quotes behind prose', `Hello,\n${lines((l) => `> ${l}`)}`, 'Hello,\n'],
    ['no-break spaces', plain.replaceAll(' ', '\u00a0')],
    ['blanks without a width', lines((l) => `\u200b${l}`)],
    ['entities', plain.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '&nbsp;')],
    ['line ends of a page', lines((l) => `${l}<br>`)],
    ['elements of a page', lines((l) => `<span class="x">${l}</span>`)],
    ['a fence', `\`\`\`powershell\n${plain}\`\`\`\n`, '\n', '\n'],
    ['code in each line', lines((l) => `\`${l}\``)],
    ['code as value', lines((l) => l.replace(/: (.*)$/, ': `$1`'))],
    ['bold lines', lines((l) => `**${l.replaceAll('*', '')}**`), '', '', plain.replaceAll('*', '')],
    ['escapes', plain.replaceAll('*', '\\*').replaceAll('<', '\\<')],
    ['bullets', lines((l) => `- ${l}`), '', '', lines((l) => `  ${l}`)],
    ['stars as bullets', lines((l) => `* ${l}`), '', '', lines((l) => `  ${l}`)],
  ])('%s', (_, text, before = '', after = '', expected = plain) => {
    expect(tidied(text)).toBe(before + expected + after)
  })

  it('shows that lines in one line were cut', () => {
    expect(tidied('Name : a<br>Bindings : b\n')).toBe('Name : a…\n')
  })
})

it('keeps the number of lines', () => {
  for (const text of ['> a\n> \n> b\n', '```\n\n```\n', '&#10;\n&lt;br&gt;\n', '- a : b\n\n- c : d\n- e : f'])
    expect(tidied(text).split('\n')).toHaveLength(text.split('\n').length)
})
