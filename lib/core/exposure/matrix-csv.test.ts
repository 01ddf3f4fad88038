import { describe, expect, it } from 'vitest'
import { configOf, receiveConnector } from '../testing/objects'
import { exposureOf } from './exposure'
import { relayMatrix } from './matrix'
import { matrixCsv } from './matrix-csv'

const words = {
  ...{ sender: 'Sender', ranges: 'Ranges', addresses: 'Addresses' },
  column: (c: { servers: readonly string[]; port: number }) => `${c.servers.join()}:${c.port}`,
  row: () => 'Everybody',
  cell: (c: { word: string }) => c.word,
}
const matrix = relayMatrix(
  exposureOf(configOf({ receiveConnectors: [receiveConnector({ name: 'A', server: '=cmd|x' })] })).listeners,
  { siteOf: () => null, identity: null },
)

describe('the matrix as CSV', () => {
  it('is one line for each class, and runs no formula', () =>
    expect(matrixCsv(matrix, words, 'en')).toBe("Sender,Ranges,Addresses,'=cmd|x:25\r\nEverybody,,4294967296,own\r\n"))
  it('has semicolons and a mark for German spreadsheets', () =>
    expect(matrixCsv(matrix, words, 'de')).toMatch(/^\ufeffSender;Ranges;/))
})
