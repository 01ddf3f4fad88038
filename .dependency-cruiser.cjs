// Who may import whom. scripts/import-rules.test.ts plants a fault for each rule and sees it found.
const core = '^lib/core/'
const door = '^lib/core/index\\.ts$'
const tests = '(\\.test\\.tsx?$|/testing/)'

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      // vite says where its code is to import alone, which the resolver does not ask for.
      to: { couldNotResolve: true, pathNot: '^\\.?/?\\.next/|/generated/|^vite$' },
    },
    {
      name: 'core-only-by-its-door',
      comment: 'Outside, the core is lib/core/index.ts.',
      severity: 'error',
      from: { path: '^((app|components|bin|lib/(server|cli|i18n))/|(instrumentation|proxy)\\.ts$)', pathNot: tests },
      to: { path: core, pathNot: door },
    },
    {
      name: 'core-is-pure',
      comment:
        'The core runs in the server, a worker, a terminal and a browser: nothing of Node, the app or the server.',
      severity: 'error',
      from: { path: core, pathNot: tests },
      to: { pathNot: ['^lib/core/', '^node_modules/'] },
    },
    {
      name: 'core-no-node',
      severity: 'error',
      from: { path: core, pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-packages',
      comment: 'Small pure libraries only: schemas, zip, hashes, messages.',
      severity: 'error',
      from: { path: core, pathNot: tests },
      to: {
        path: '^node_modules/',
        pathNot: '^node_modules/(zod|fflate|@noble/hashes|intl-messageformat|@formatjs/[^/]+)/',
      },
    },
    {
      name: 'model-stands-alone',
      severity: 'error',
      from: { path: '^lib/core/model/', pathNot: tests },
      to: { path: core, pathNot: '^lib/core/model/' },
    },
    {
      name: 'format-is-a-folder',
      comment: 'A format knows the model, the text helpers, define-format and itself; never another format.',
      severity: 'error',
      from: { path: '^lib/core/formats/([^/]+)/', pathNot: tests },
      to: {
        path: core,
        pathNot: ['^lib/core/(model|text)/', '^lib/core/formats/define-format\\.ts$', '^lib/core/formats/$1/'],
      },
    },
    {
      name: 'rule-is-a-folder',
      comment:
        'A rule never imports a rule; facts that two rules need live in mailflow, exposure, defaults or the model.',
      severity: 'error',
      from: { path: '^lib/core/rules/([^/]+)/', pathNot: [tests, '^lib/core/rules/texts/'] },
      to: {
        path: core,
        pathNot: [
          '^lib/core/(model|mailflow|exposure|remediation|defaults)/',
          '^lib/core/rules/define-rule\\.ts$',
          '^lib/core/rules/$1/',
        ],
      },
    },
    {
      name: 'rule-no-packages',
      severity: 'error',
      from: { path: '^lib/core/rules/[^/]+/rule\\.ts$' },
      to: { path: '^node_modules/' },
    },
    {
      name: 'components-know-no-pages',
      comment:
        'Data and actions come as props. That lib/server gives them types only is checked by scripts/import-rules.mjs.',
      severity: 'error',
      from: { path: '^components/', pathNot: tests },
      to: { path: '^app/' },
    },
    {
      name: 'server-knows-no-pages',
      severity: 'error',
      from: { path: '^lib/server/' },
      to: { path: '^(app|components|lib/cli)/' },
    },
    {
      name: 'prisma-behind-db',
      severity: 'error',
      from: {
        path: '^(app|components|lib|proxy|instrumentation)',
        pathNot: ['^lib/server/db(\\.ts$|/)', '^lib/server/generated/', '^lib/cli/verify-log-store\\.ts$', tests],
      },
      to: { path: ['^lib/server/generated/', '^node_modules/(@prisma|prisma|pg)/'] },
    },
    {
      name: 'cli-knows-the-core',
      severity: 'error',
      from: { path: '^(lib/cli|bin)/', pathNot: tests },
      to: { path: '^(app|components|lib/server)/' },
    },
    {
      name: 'product-not-from-scripts',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: tests },
      to: { path: '^(scripts|e2e|bench)/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|lib/server/generated/.*/internal)/' },
  },
}
