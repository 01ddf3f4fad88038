import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { UserRow } from '../db'
import { saveInstance } from '../instance'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { newPerson } from '../testing/people'
import { askForReset } from './forgotten'
import { findLink } from './one-time-links'

const mails: { readonly to: string; readonly text: string }[] = []
/** Takes every mail. */
const newMailServer = () =>
  new SMTPServer({
    ...{ authOptional: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, logger: false },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8').replace(/=\r\n/g, '').replace(/=3D/g, '=')
        mails.push({ to: session.envelope.rcptTo.map((r) => r.address).join(), text })
        done()
      })
    },
  })
let addresses = 0
const elsewhere = () => new Headers({ 'x-postern-address': `192.0.2.${++addresses}` })

describe.each(dialects)('a forgotten password on %s', (dialect) => {
  let server: TestServer
  let person: UserRow
  const mailServer = newMailServer()
  beforeAll(async () => {
    await new Promise<void>((resolve) => mailServer.listen(0, '127.0.0.1', resolve))
    server = await openTestServer(dialect)
    const { port } = mailServer.server.address() as AddressInfo
    server.change({
      ...{ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'postern@contoso.com', publicUrl: 'https://p.contoso.com' },
    })
  })
  afterAll(async () => {
    await new Promise<void>((resolve) => mailServer.close(() => resolve()))
    await server.close()
  })
  beforeEach(async () => {
    mails.length = 0
    await server.client.throttle.deleteMany()
    person = await newPerson(server.client)
  })
  afterEach(() => saveInstance('signIn', {}))

  const links = () => server.client.oneTimeLink.count()
  const refusalOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Error) => error.message,
    )
  /** What is asked for is sent in the background, in order: this one comes last. */
  async function settled(): Promise<void> {
    const last = await newPerson(server.client)
    await askForReset(last.email, 'en', elsewhere())
    await vi.waitFor(() => expect(mails.some(({ to }) => to === last.email)).toBe(true), 30_000)
  }

  it('sends a link that sets a password, in the language of the person', async () => {
    await server.client.user.update({ where: { id: person.id }, data: { locale: 'de' } })
    await askForReset(` ${person.email.toUpperCase()} `, 'en', elsewhere())
    await vi.waitFor(() => expect(mails).toHaveLength(1), 30_000)
    expect(mails[0]?.to).toBe(person.email)
    expect(mails[0]?.text).toContain('Kennwort')
    const [, token = ''] = /https:\/\/p\.contoso\.com\/link\/([\w-]{43})/.exec(mails[0]?.text ?? '') ?? []
    expect(await findLink(token)).toMatchObject({ purpose: 'reset', owner: { id: person.id } })
    const told = await server.client.activity.findMany({ where: { action: 'reset-asked', object: person.email } })
    expect(told).toMatchObject([{ actorKind: 'nobody' }])
  })

  it('sends nothing to nobody and to whoever is deactivated, and answers the same', async () => {
    await server.client.user.update({ where: { id: person.id }, data: { isActive: false } })
    const before = await links()
    expect(await refusalOf(askForReset(person.email, 'en', elsewhere()))).toBe('done')
    expect(await refusalOf(askForReset('nobody@contoso.com', 'en', elsewhere()))).toBe('done')
    await settled()
    expect(mails).toHaveLength(1) // the one that settled waits for
    expect(await links()).toBe(before + 1)
  })

  it('is asked for three times an hour for an account, from wherever, there or not', async () => {
    for (const account of [person.email, 'nobody@contoso.com'])
      for (const expected of ['done', 'done', 'done', 'too-many'])
        expect(await refusalOf(askForReset(account, 'en', elsewhere()))).toBe(expected)
    await settled()
  })

  it('is asked for twenty times an hour from an address', async () => {
    const from = elsewhere()
    for (let n = 0; n < 20; n++) expect(await refusalOf(askForReset(`n${n}@contoso.com`, 'en', from))).toBe('done')
    expect(await refusalOf(askForReset(person.email, 'en', from))).toBe('too-many')
    await settled()
    expect(mails).toHaveLength(1)
  })

  it('is not there where passwords are switched off', async () => {
    await saveInstance('signIn', { local: false })
    expect(await refusalOf(askForReset(person.email, 'en', elsewhere()))).toBe('local-off')
  })
})
