/** The walls of the house. CONTRIBUTING.md says why each one stands. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-stands-alone',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/', '^node_modules/zod/'] },
    },
    { name: 'client-not-server', severity: 'error', from: { path: '^client/' }, to: { path: '^server/' } },
    {
      name: 'server-not-client',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/(client-build|dev)\\.ts$' },
      to: { path: '^client/' },
    },
    {
      name: 'ui-knows-no-api',
      severity: 'error',
      from: { path: '^client/ui/', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^client/(api|features|shell)/', '^shared/contract/'] },
    },
    {
      name: 'client-features-apart',
      severity: 'error',
      from: { path: '^client/features/([^/]+)/' },
      to: { path: '^client/features/', pathNot: '^client/features/$1/' },
    },
    {
      name: 'server-features-meet-in-queries',
      severity: 'error',
      from: { path: '^server/features/([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/features/', pathNot: ['^server/features/$1/', '\\.queries\\.ts$'] },
    },
    {
      name: 'foundations-below-features',
      severity: 'error',
      from: { path: '^server/(db|http|live|media)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^server/features/', pathNot: '\\.queries\\.ts$' },
    },
    {
      name: 'sql-only-in-queries',
      severity: 'error',
      from: { path: '^server/', pathNot: ['^server/db/', '^server/live/', '\\.queries\\.ts$', '\\.test\\.ts$'] },
      to: { path: '^node_modules/(kysely|pg|pg-copy-streams)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { path: '^(client|server|shared)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^test/', '\\.test\\.tsx?$'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^client/public/', '\\.css$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|docs)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
