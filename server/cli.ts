#!/usr/bin/env node
import { Command } from 'commander'
import { ExportFormat, ExportKind } from '#shared/contract/exports.ts'
import { Role } from '#shared/domain/permissions.ts'
import { SourceKind } from '#shared/domain/words.ts'
import { runCommand } from './command.ts'
import { readImportArguments } from './features/intake/import/import-arguments.ts'
import { importFile } from './features/intake/import/import-file.ts'
import { exportToFile, readExportArguments } from './features/reporting/exports/export-to-file.ts'
import { rebuildFacts } from './features/reporting/figures/fill-facts.ts'
import { addKey } from './features/team/add-key.ts'
import { addPerson } from './features/team/add-person.ts'
import { disablePerson } from './features/team/disable-person.ts'
import { resetPassword } from './features/team/reset-password.ts'
import { AppError } from './http/errors.ts'
import { demo, start } from './start.ts'
import { StartFault } from './start-fault.ts'

const program = new Command('docket').description('Content-moderation review dashboard').helpCommand(false)

program
  .command('start')
  .description('start the dashboard')
  .option('--api-only', 'serve no screens: another server does, as in development')
  .action(({ apiOnly = false }: { apiOnly?: boolean }) => start({ withClient: !apiOnly }))

program
  .command('demo')
  .description('start the dashboard with the sample, on a data folder that is thrown away')
  .action(() => demo())

program
  .command('migrate')
  .description("bring the database to this version's schema")
  .action(() => runCommand('migrate', async () => void process.stdout.write('The database has the current schema.\n')))

program
  .command('import <file>')
  .description('take in a file of flags: JSON lines, ours or a labelled dataset, or CSV with headers; plain or gzipped')
  .option('--source <name>', 'import under this source name')
  .option('--map <field=column...>', 'CSV: which column says what, over what is proposed', [])
  .option('--set <field=value...>', 'CSV: what all rows say where no column does', [])
  .option('--dry-run', 'read and check everything, change nothing')
  .option('--rejects <path>', 'where refused lines go, instead of FILE.rejected.jsonl or FILE.rejected.csv')
  .action((file: string, options: Record<string, unknown>) =>
    runCommand('import', async ({ signal, ...deps }) => {
      const { rejected } = await importFile(deps, {
        file,
        ...readImportArguments(options),
        signal,
        screen: process.stdout,
      })
      if (rejected > 0) process.exitCode = 2
    }),
  )

program
  .command('export <kind>')
  .description(`write a file, and its manifest beside it: ${ExportKind.options.join(', ')}`)
  .requiredOption('--out <file>', 'where to; what is there is replaced when the export is whole')
  .option('--format <format>', ExportFormat.options.join(', '), 'csv')
  .option('--from <day>', 'the first day, in the time zone of the organisation')
  .option('--to <day>', 'the last day')
  .option('--state <state...>', 'for reviews: those that wait, unless named')
  .option('--queue <queue...>')
  .option('--policy <clause...>')
  .option('--language <code...>')
  .option('--platform <platform...>')
  .option('--account-status <status...>')
  .option('--filter <name=value...>', 'any other filter of the list, as its address has it', [])
  .option('--file-language <language>', 'of covers and printed pages: en, ru, kk, ar')
  .action((kind: string, options: Record<string, unknown>) =>
    runCommand('export', async ({ signal, ...deps }) => {
      const { rows, sha256 } = await exportToFile(deps, { ...readExportArguments({ ...options, kind }), signal })
      process.stdout.write(`${rows} rows in ${options.out}\nSHA-256 ${sha256}\n`)
    }),
  )

program
  .command('reports')
  .description('what reports are counted from')
  .command('rebuild')
  .description('forget it, and read it off the log again')
  .action(() =>
    runCommand('reports rebuild', ({ db }) =>
      rebuildFacts(db, (filled, head) => process.stdout.write(`${filled} of ${head} events\n`)),
    ),
  )

const user = program.command('user').description('people who sign in')

user
  .command('add <email>')
  .description('invite somebody: prints a link that works once, for seven days')
  .requiredOption('--role <role>', Role.options.join(', '))
  .option('--name <name>', 'what others see; they may change it when they join')
  .action((email: string, { role, name }: { role: string; name?: string }) =>
    runCommand('user add', async ({ db, settings: { publicUrl } }) => {
      process.stdout.write(`${await addPerson(db, { email, role, name, publicUrl })}\n`)
    }),
  )

user
  .command('reset <email>')
  .description('let somebody choose another password: prints a link that works once, for a day')
  .action((email: string) =>
    runCommand('user reset', async ({ db, settings: { publicUrl } }) => {
      process.stdout.write(`${await resetPassword(db, { email, publicUrl })}\n`)
    }),
  )

user
  .command('disable <who>')
  .description('end all sessions of a person (by e-mail), or the keys of a program (by name)')
  .action((who: string) => runCommand('user disable', ({ db }) => disablePerson(db, who)))

const key = program.command('key').description('programs that send flags or read')

key
  .command('add <name>')
  .description('make a program with one key: prints the key, which cannot be read again')
  .requiredOption('--role <role>', Role.options.join(', '))
  .option('--source <name...>', 'source names it may flag for', [])
  .option('--kind <kind...>', `source kinds it may flag as: ${SourceKind.options.join(', ')}`, [])
  .action((name: string, { role, source, kind }: { role: string; source: string[]; kind: string[] }) =>
    runCommand('key add', async (deps) => {
      const secret = await addKey(deps, { name, role, sourceNames: source, sourceKinds: kind })
      process.stdout.write(`${secret}\n`)
    }),
  )

try {
  await program.parseAsync()
} catch (error) {
  const isExpected = error instanceof StartFault || error instanceof AppError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
process.exit()
