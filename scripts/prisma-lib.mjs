// Authoring side of migrations (development only): SQL for both dialects from schema changes, with no database.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  mockAdapter,
  mockMigrationAwareAdapterFactory,
} from '@prisma/driver-adapter-utils'
import { filters, loadEngine } from '../lib/server/db/engine.mjs'

export const DIALECTS = ['sqlite', 'postgresql']

export function composedFiles(root, dialect) {
  const files = [path.join(root, 'prisma', dialect, 'base.prisma')]
  const dir = path.join(root, 'prisma', 'models')
  for (const f of readdirSync(dir).sort()) if (f.endsWith('.prisma')) files.push(path.join(dir, f))
  return files.map((f) => ({ path: path.basename(f), content: readFileSync(f, 'utf8') }))
}

/** The engine asks PostgreSQL one question when it is created (schema exists? which version?); this answers it, so that
 *  datamodel-to-datamodel diffs for PostgreSQL need no server. ColumnType: 5 boolean, 7 text, 0 int32. */
function offlinePostgres() {
  const adapter = {
    ...mockAdapter('postgres'),
    getConnectionInfo: () => ({ supportsRelationJoins: true, schemaName: 'public' }),
    queryRaw: async ({ sql }) => {
      if (!sql.includes('server_version_num')) throw new Error(`offline diff asked for: ${sql}`)
      return {
        columnNames: ['exists', 'version', 'numeric_version'],
        columnTypes: [5, 7, 0],
        rows: [[true, 'PostgreSQL 15.0', 150000]],
      }
    },
    dispose: async () => {},
  }
  return {
    ...mockMigrationAwareAdapterFactory('postgres'),
    connect: async () => adapter,
    connectToShadowDb: async () => adapter,
  }
}

/** SQL from one datamodel to another; needs no database at all. `from` null means an empty database. */
export async function diffDatamodels(dialect, from, to) {
  const SchemaEngine = await loadEngine()
  const mock = bindMigrationAwareSqlAdapterFactory(
    dialect === 'sqlite' ? mockMigrationAwareAdapterFactory('sqlite') : offlinePostgres(),
  )
  const engine = await SchemaEngine.new({ datamodels: to.map((f) => [f.path, f.content]) }, () => {}, mock)
  const r = await engine.diff({
    from: from ? { tag: 'schemaDatamodel', files: from } : { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: to },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters,
  })
  return r
}

/** Live database → datamodel drift, as SQL ('-- This is an empty migration.' when none). */
export async function driftSql(adapterFactory, files) {
  const SchemaEngine = await loadEngine()
  const engine = await SchemaEngine.new(
    { datamodels: files.map((f) => [f.path, f.content]) },
    () => {},
    bindMigrationAwareSqlAdapterFactory(adapterFactory),
  )
  return engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: process.cwd() },
    to: { tag: 'schemaDatamodel', files },
    script: true,
    exitCode: true,
    shadowDatabaseUrl: null,
    filters,
  })
}
