import { expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { sendConnector, sendExport } from '../testing/exports-text'
import { forestOf, forestsOf } from './forest'

const DN = 'CN=Outbound,CN=Connections,CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration'
const connector = (name: string, dn: string) => sendConnector({ Name: name, Identity: name, DistinguishedName: dn })

it('reads the forest from the distinguished name', () => {
  const config = configFrom(
    sendExport(
      connector('A', `${DN},DC=contoso,DC=local`),
      connector('B', `${DN},DC=Fabrikam, DC=local`),
      connector('C', ''),
    ),
  )
  expect(config.sendConnectors.map(forestOf)).toEqual(['dc=contoso,dc=local', 'dc=fabrikam,dc=local', undefined])
  expect(forestsOf(config)).toEqual(['dc=contoso,dc=local', 'dc=fabrikam,dc=local'])
})

it('knows of none without it', () => expect(forestsOf(configFrom(sendExport(sendConnector())))).toEqual([]))
