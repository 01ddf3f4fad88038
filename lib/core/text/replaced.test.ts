import { expect, it } from 'vitest'
import { decodeText } from './decode'

const noticed = (text: string) =>
  decodeText(new TextEncoder().encode(text)).notices.filter((n) => n.code === 'characters-replaced')

it('characters that are lost are counted, with the line of the first', () => {
  expect(noticed('Name : x\nComment : Ger\ufffdt, M\ufffdller\n')).toMatchObject([
    { level: 'warning', line: 2, params: { count: 2 } },
  ])
  expect(noticed('Name : Gerät\n')).toEqual([])
})
