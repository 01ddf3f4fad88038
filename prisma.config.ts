import { defineConfig } from 'prisma/config'

// Only Prisma's own command line reads this; scripts/db.mjs composes the schema and picks the dialect.
const dialect = process.env.DB_DIALECT ?? 'sqlite'

export default defineConfig({
  schema: `prisma/.composed/${dialect}`,
  migrations: { path: `prisma/migrations/${dialect}` },
  datasource: { url: process.env.DATABASE_URL ?? 'file:./data/postern.db' },
})
