import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { activityPage } from '../activity-list'
import { createDraft } from '../audits'
import { saveInstance } from '../instance'
import { makeKeyFile } from '../key-file'
import { opensWith, sealWith, unsealWith } from '../sealing'
import { forgetSecret, prepareSecrets, seal } from '../secrets'
import { newRecoveryCodes, recoveryCodesLeft, spendRecoveryCode } from '../sign-in/recovery-codes'
import { companySchema } from '../sign-in/sign-in-settings'
import { dialects, openTestServer, type TestServer } from '../testing/databases'
import { keysCommand } from '../testing/keys'
import { newPerson } from '../testing/people'
import { isRemembered, remember } from '../throttle'
import { exchangeSecret } from './exchange-secret'

/** Columns of the model whose comment says that they are sealed. */
const sealedColumns = (): string[] =>
  ['accounts', 'shares'].flatMap((file) => {
    const text = readFileSync(path.join(import.meta.dirname, `../../../prisma/models/${file}.prisma`), 'utf8')
    return [...text.matchAll(/^model (\w+) \{([\s\S]*?)^\}/gm)].flatMap(([, model, body]) =>
      [...(body ?? '').matchAll(/^ {2}(\w+) .*\/\/.*sealed|^ {2}(sealed) /gm)].map((m) => `${model}.${m[1] ?? m[2]}`),
    )
  })

describe.each(dialects)('another secret.key on %s', (dialect) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer(dialect)
    forgetSecret()
    prepareSecrets()
  })
  afterEach(async () => {
    await server.close()
    forgetSecret()
  })

  const file = (name = 'secret.key') => path.join(server.dir, name)
  const key = (name?: string) => readFileSync(file(name))

  async function fill(people: number): Promise<void> {
    const { id: auditId, environmentId } = await createDraft({ environmentName: 'Contoso' })
    for (let n = 0; n < people; n++) {
      const person = await newPerson(server.client, { totpSecret: seal(`totp ${n}`) })
      if (n > 0) continue
      const of = { environmentId, auditId, userId: person.id, kind: 'audit', level: 'full' } as const
      const shown = { target: {}, allows: {}, note: '', content: new Uint8Array(), endsAt: new Date() }
      const table = { id: 'share', tokenHash: 'hash', keyTable: seal('names') }
      await server.client.share.create({ data: { ...of, ...shown, ...table } })
    }
    const issuer = 'https://login.contoso.com'
    const company = companySchema.parse({ label: 'C', issuer, clientId: 'p', clientSecret: seal('client secret') })
    await saveInstance('signIn', { company })
    const attempt = { stateHash: 'a', sealed: seal('attempt'), expiresAt: new Date(Date.now() + 60_000) }
    await server.client.oidcAttempt.create({ data: attempt })
  }

  /** Every sealed text that stands anywhere in the database. */
  async function everywhere(): Promise<string[]> {
    const tables = await server.client.$queryRawUnsafe<{ name: string }[]>(
      dialect === 'sqlite'
        ? `SELECT name FROM sqlite_master WHERE type = 'table'`
        : `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    )
    const rows = await Promise.all(tables.map(({ name }) => server.client.$queryRawUnsafe(`SELECT * FROM "${name}"`)))
    const text = JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    return [...text.matchAll(/v1\.[\w-]{38,}/g)].map(String)
  }

  it('knows every column that is sealed', () =>
    expect(sealedColumns()).toEqual(['User.totpSecret', 'OidcAttempt.sealed', 'Share.keyTable']))

  it('opens everything that is sealed, and the old one nothing', async () => {
    await fill(3)
    const [old, before] = [key(), await everywhere()]
    expect(before).toHaveLength(6)
    expect(await exchangeSecret()).toEqual({ sealed: 5, recoveryCodes: 0 })
    expect(key().equals(old)).toBe(false)
    expect(existsSync(file('secret.key.next'))).toBe(false)
    const after = await everywhere()
    expect(after.filter((text) => opensWith(old, text))).toEqual([])
    expect(after.map((text) => unsealWith(key(), text)).sort()).toEqual(
      ['client secret', 'names', 'totp 0', 'totp 1', 'totp 2'].sort(),
    )
    if (dialect === 'sqlite')
      for (const name of ['postern.db', 'postern.db-wal'].filter((name) => existsSync(file(name))))
        for (const text of before) expect(key(name).includes(text), `left in ${name}`).toBe(false)
    prepareSecrets()
    const [entry] = await activityPage('everything', { action: 'keys-exchanged' }, { size: 1 })
    expect(entry).toMatchObject({ actorKind: 'system', object: 'secret.key', details: { sealed: 5, recoveryCodes: 0 } })
  })

  it('ends what cannot be made again: recovery codes, and what was counted', async () => {
    const person = await newPerson(server.client)
    const [code = ''] = await newRecoveryCodes(person.id)
    await remember('known pair', 'a', 'b')
    expect(await exchangeSecret()).toEqual({ sealed: 0, recoveryCodes: 10 })
    expect(await spendRecoveryCode(person.id, code)).toBe(false)
    expect(await recoveryCodesLeft(person.id)).toBe(0)
    expect(await server.client.throttle.count()).toBe(0)
    expect(await isRemembered('known pair', 'a', 'b')).toBe(false)
    const [other = ''] = await newRecoveryCodes(person.id)
    expect(await spendRecoveryCode(person.id, other)).toBe(true)
  })

  it('changes nothing where a text opens with no key', async () => {
    await fill(2)
    await newPerson(server.client, { totpSecret: sealWith(Buffer.alloc(32), 'of another server') })
    const [old, before] = [key(), await everywhere()]
    await expect(exchangeSecret()).rejects.toThrow(/These do not open with secret\.key: User [\w-]+$/)
    expect(await everywhere()).toEqual(before)
    expect(key().equals(old)).toBe(true)
    expect(existsSync(file('secret.key.next'))).toBe(false)
  })

  it('keeps the server from starting in between', async () => {
    makeKeyFile(file('secret.key.next'))
    expect(prepareSecrets).toThrow('npm run keys -- secret')
    await exchangeSecret()
    expect(prepareSecrets).not.toThrow()
  })

  it('may be killed again and again', async () => {
    await fill(150)
    const [old, before] = [key(), await everywhere()]
    const command = await keysCommand(server)
    const changed = async () => {
      const now = new Set(await everywhere())
      return before.filter((text) => !now.has(text)).length
    }
    try {
      for (const least of [1, 40, 90]) {
        const { code, output } = await command.run(['secret'], {}, async (child) => {
          while (child.exitCode === null && (await changed()) < least) await new Promise((go) => setTimeout(go, 5))
          child.kill('SIGKILL')
        })
        expect(code, output).toBeNull()
        const keys = [old, key('secret.key.next')]
        const texts = await everywhere()
        expect(texts.every((text) => keys.some((k) => opensWith(k, text)))).toBe(true)
        expect(texts.some((text) => opensWith(old, text))).toBe(true) // it was killed in the middle
      }
      const { code, output } = await command.run(['secret'])
      expect([code, output]).toEqual([0, expect.stringContaining('152 texts were sealed anew')])
    } finally {
      command.close()
    }
    const texts = await everywhere()
    expect(texts.map((text) => unsealWith(key(), text)).filter((text) => text.startsWith('totp'))).toHaveLength(150)
    expect(texts.some((text) => opensWith(old, text))).toBe(false)
  })
})

describe('the command', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer('sqlite')
  })
  afterEach(() => server.close())

  it('says how it is used, and does nothing while a server runs', async () => {
    const command = await keysCommand(server)
    const { lockDataDir, unlockDataDir } = await import('../lock')
    try {
      for (const words of [[], ['rotate'], ['secret', 'now'], ['toString']])
        expect(await command.run(words)).toEqual({ code: 2, output: expect.stringContaining('npm run keys -- secret') })
      lockDataDir(server.dir)
      expect(await command.run(['secret'])).toEqual({
        code: 1,
        output: expect.stringContaining('Another Postern server'),
      })
      unlockDataDir()
      expect(await command.run(['secret'])).toEqual({ code: 1, output: expect.stringContaining('nothing to exchange') })
      expect(await command.run(['uploads'])).toEqual({ code: 1, output: expect.stringContaining('OLD_ENCRYPTION_KEY') })
      writeFileSync(path.join(server.dir, 'old'), 'short')
      const env = { POSTERN_OLD_ENCRYPTION_KEY_FILE: path.join(server.dir, 'old') }
      expect(await command.run(['uploads'], env)).toEqual({ code: 1, output: expect.stringContaining('32 bytes') })
    } finally {
      unlockDataDir()
      command.close()
    }
  })
})
