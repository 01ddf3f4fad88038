// Prisma's own schema engine, as WASM from npm: no binary download, offline, both dialects. Used by the server at start
// (through migrate.mjs) and by scripts/db.mjs. Plain ESM so that both can import it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'

export const filters = { externalTables: [], externalEnums: [] }

/** Loads Prisma's schema engine (WASM, on npm) — no binary download, works offline on both dialects. */
let enginePromise
export async function loadEngine() {
  enginePromise ??= (async () => {
    const require = createRequire(path.join(process.cwd(), 'package.json'))
    const entry = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    const bg = await import('@prisma/schema-engine-wasm/schema_engine_bg')
    const wasm = readFileSync(/* turbopackIgnore: true */ path.join(path.dirname(entry), 'schema_engine_bg.wasm'))
    const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bg })
    bg.__wbg_set_wasm(instance.exports)
    instance.exports.__wbindgen_start()
    return bg.SchemaEngine
  })()
  return enginePromise
}

export function readMigrations(dir, provider) {
  const lock = path.join(dir, 'migration_lock.toml')
  const names = existsSync(/* turbopackIgnore: true */ dir)
    ? readdirSync(/* turbopackIgnore: true */ dir, { withFileTypes: true })
        .filter((d) => d.isDirectory())
        .map((d) => d.name)
        .sort()
    : []
  return {
    baseDir: dir,
    lockfile: {
      path: 'migration_lock.toml',
      content: existsSync(/* turbopackIgnore: true */ lock)
        ? readFileSync(/* turbopackIgnore: true */ lock, 'utf8')
        : `provider = "${provider}"\n`,
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: {
          tag: 'ok',
          value: readFileSync(/* turbopackIgnore: true */ path.join(dir, name, 'migration.sql'), 'utf8'),
        },
      },
    })),
  }
}

/** Applies pending migrations exactly as `prisma migrate deploy` would (same `_prisma_migrations` rows and checksums). */
export async function applyMigrations(adapterFactory, dir, dialect) {
  const SchemaEngine = await loadEngine()
  // The engine never disposes its connection (and on SQLite holds it with locking_mode=EXCLUSIVE): keep it, to close it.
  const open = []
  const connect = adapterFactory.connect.bind(adapterFactory)
  adapterFactory.connect = async () => {
    const a = await connect()
    open.push(a)
    // adapter-pg 7.10 splits scripts at every ';' (so $$ bodies and ';' in strings break, and a failing script stays half
    // applied). One simple query instead: PostgreSQL runs it whole, in one implicit transaction, like Prisma's own binary.
    if (dialect === 'postgresql')
      a.executeScript = async (script) => {
        try {
          await a.client.query(script)
        } catch (e) {
          a.onError(e)
        }
      }
    return a
  }
  try {
    const engine = await SchemaEngine.new(
      { datamodels: [['base.prisma', `datasource db {\n  provider = "${dialect}"\n}\n`]] },
      () => {},
      bindMigrationAwareSqlAdapterFactory(adapterFactory),
    )
    return await engine.applyMigrations({ migrationsList: readMigrations(dir, dialect), filters })
  } finally {
    for (const a of open) await a.dispose()
  }
}
