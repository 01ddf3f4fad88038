import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from './errors'
import { forever, instance, saveInstance, sections } from './instance'
import { dialects, openTestServer, type TestServer } from './testing/databases'

const fieldsOf = (error: unknown) => (error instanceof AppError ? error.fields : error)

describe.each(dialects)('settings of the instance on %s', (dialect) => {
  let server: TestServer
  beforeEach(async () => {
    server = await openTestServer(dialect)
  })
  afterEach(async () => {
    vi.useRealTimers()
    vi.restoreAllMocks()
    await server.close()
  })

  it('have safe defaults', async () => {
    expect(await instance()).toEqual({
      general: { name: 'Postern', imprintUrl: '', privacyUrl: '', defaultLocale: 'en' },
      retention: { keepOriginalsDays: 30 },
      sharing: { maxDays: 90, defaultDays: 14, allowFull: true, passwordForFull: true },
      signIn: { local: true, secondStep: 'nobody', company: null },
      privacy: { viewersSeeOriginals: false },
    })
    expect(Object.keys(await instance())).toEqual(Object.keys(sections)) // none is forgotten
  })

  it('hold at once when they are saved here, and leave other sections alone', async () => {
    await instance()
    await saveInstance('retention', { keepOriginalsDays: 7 })
    await saveInstance('general', { name: ' Contoso \n AG ', imprintUrl: 'https://contoso.example/imprint' })
    expect((await instance()).retention).toEqual({ keepOriginalsDays: 7 })
    expect((await instance()).general).toMatchObject({ name: 'Contoso AG', privacyUrl: '' })
    await saveInstance('retention', { keepOriginalsDays: forever })
    expect((await instance()).retention).toEqual({ keepOriginalsDays: -1 })
    await saveInstance('retention', { keepOriginalsDays: 8 })
    expect((await instance()).retention).toEqual({ keepOriginalsDays: 8 })
  })

  it('are read again after a while', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    await instance()
    await server.client.setting.create({ data: { key: 'retention', value: { keepOriginalsDays: 3 } } })
    expect((await instance()).retention).toEqual({ keepOriginalsDays: 30 })
    vi.setSystemTime(Date.now() + 5001)
    expect((await instance()).retention).toEqual({ keepOriginalsDays: 3 })
  })

  it('fall back to the defaults of a section that is damaged', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    await server.client.setting.create({ data: { key: 'privacy', value: { viewersSeeOriginals: 'yes' } } })
    expect((await instance()).privacy).toEqual({ viewersSeeOriginals: false })
    expect(console.error).toHaveBeenCalled()
  })

  it('refuse what is wrong, by field', async () => {
    const wrong: [Promise<void>, unknown][] = [
      [saveInstance('general', { name: ' \n' }), [{ field: 'name', message: 'required' }]],
      [saveInstance('general', { name: 'x'.repeat(81) }), [{ field: 'name', message: 'too-long' }]],
      [saveInstance('general', { imprintUrl: 'http://a.example' }), [{ field: 'imprintUrl', message: 'https' }]],
      [saveInstance('general', { privacyUrl: 'javascript:alert(1)' }), [{ field: 'privacyUrl', message: 'https' }]],
      [saveInstance('retention', { keepOriginalsDays: 0 }), [{ field: 'keepOriginalsDays', message: 'days' }]],
      [saveInstance('retention', { keepOriginalsDays: -2 }), [{ field: 'keepOriginalsDays', message: 'days' }]],
      [saveInstance('retention', { keepOriginalsDays: 3651 }), [{ field: 'keepOriginalsDays', message: 'days' }]],
      [saveInstance('retention', { keepOriginalsDays: 1.5 }), [{ field: 'keepOriginalsDays', message: 'days' }]],
      [saveInstance('retention', { keepOriginalsDays: Number.NaN }), [{ field: 'keepOriginalsDays', message: 'days' }]],
      [saveInstance('sharing', { maxDays: 7, defaultDays: 8 }), [{ field: 'defaultDays', message: 'above-most' }]],
    ]
    for (const [saving, fields] of wrong) expect(await saving.then(() => 'saved', fieldsOf)).toEqual(fields)
    expect(await server.client.setting.count()).toBe(0)
  })
})
