#!/usr/bin/env node
import { Command } from 'commander'
import { runCommand } from './command.ts'
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

try {
  await program.parseAsync()
} catch (error) {
  const isExpected = error instanceof StartFault || error instanceof AppError
  process.stderr.write(`${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
process.exit()
