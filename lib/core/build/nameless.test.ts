import { expect, it } from 'vitest'
import { readFrom } from '../testing/config-from'

const nameless =
  'Bindings         : {0.0.0.0:25}\nRemoteIPRanges   : {0.0.0.0-255.255.255.255}\nPermissionGroups : AnonymousUsers\n'

it('objects without a name are told, once for a file, with how many and where', () => {
  const { notices } = readFrom(`${nameless}\n${nameless}`)
  expect(notices.filter((n) => n.code === 'name-missing')).toMatchObject([
    { level: 'warning', line: 1, params: { count: 2 } },
  ])
})

it('an object that has its name is none of them', () => {
  const { notices } = readFrom(`Name             : Relay\n${nameless}`)
  expect(notices.filter((n) => n.code === 'name-missing')).toEqual([])
})

it('a file of nameless objects is no listing, and one among others makes it none of all', () => {
  const listing = (text: string) => readFrom(`[PS] C:\\>Get-ReceiveConnector | fl\n\n${text}`).config.exports
  expect(listing(nameless)).toEqual([])
  expect(listing(`Name             : Relay\n${nameless}\n${nameless}`)).toMatchObject([{ listing: 'named' }])
})
