import type { FirstPolicy } from './first-set.ts'

/**
 * Why matching content stays. Ids, labels, descriptions, questions and effects are the contexts of "Policy taxonomy:
 * violent extremism and terrorist content", version 1 (see `clauses-terrorist.ts`); second wordings are ours.
 */
export const exemptions: FirstPolicy[] = [
  {
    id: 'news',
    code: 'E.1',
    shortName: 'News reporting',
    severity: 'none',
    versions: [
      {
        label: 'News reporting',
        description: 'Informs the public on current events.',
        questions: ['Is the source a media service or a citizen reporter?', 'Is the material framed and not praised?'],
        usualMeasures: ['No measure', 'Label the post, or restrict it by age, when graphic'],
        tco: '1(3): journalistic',
      },
      {
        label: 'News reporting',
        description: 'Informs the public on current events.',
        questions: [
          'Is the source a media service or a citizen reporter?',
          'Is the excerpt needed and not longer than that?',
          'Is the material framed and not praised?',
        ],
        usualMeasures: ['No measure', 'Label the post, or restrict it by age, when graphic'],
        tco: '1(3): journalistic',
        change: 'Asks whether the excerpt is longer than needed',
      },
    ],
  },
  {
    id: 'counter-speech',
    code: 'E.2',
    shortName: 'Counter-speech',
    severity: 'none',
    versions: [
      {
        label: 'Counter-speech',
        description: 'Opposes, exposes or answers extremist messages.',
        questions: [
          'Is rejection explicit, also in the local language and idiom?',
          'Does the original run on without comment?',
        ],
        usualMeasures: ['No measure'],
        tco: '1(3): preventing or countering terrorism',
      },
    ],
  },
  {
    id: 'academic',
    code: 'E.3',
    shortName: 'Research',
    severity: 'none',
    versions: [
      {
        label: 'Academic or research',
        description: 'Analyses for research or teaching at research level.',
        questions: ['Is there an institution, method or citation?', 'Is raw material more than the analysis needs?'],
        usualMeasures: ['No measure', 'Restrict raw instruction material'],
        tco: '1(3): research',
      },
    ],
  },
  {
    id: 'educational',
    code: 'E.4',
    shortName: 'Education',
    severity: 'none',
    versions: [
      {
        label: 'Education and history',
        description: 'Teaches or documents history.',
        questions: ['Is the audience and setting one of teaching?'],
        usualMeasures: ['No measure', 'Restrict the post by age when graphic'],
        tco: '1(3): educational',
      },
    ],
  },
  {
    id: 'artistic',
    code: 'E.5',
    shortName: 'Art and fiction',
    severity: 'none',
    versions: [
      {
        label: 'Art and fiction',
        description: 'Film, literature, music, games, performance.',
        questions: ['Would a normal viewer see it as a work?', 'Is it a pretext with a call outside the work?'],
        usualMeasures: ['Label the post'],
        tco: '1(3): artistic',
      },
    ],
  },
  {
    id: 'satire',
    code: 'E.6',
    shortName: 'Satire',
    severity: 'none',
    versions: [
      {
        label: 'Satire and parody',
        description: 'Mocks extremists or the powerful.',
        questions: ['Who is the target of the joke?'],
        usualMeasures: ['No measure'],
        tco: '1(3): artistic',
      },
    ],
  },
  {
    id: 'condemnation',
    code: 'E.7',
    shortName: 'Condemnation',
    severity: 'none',
    versions: [
      {
        label: 'Condemnation or awareness',
        description: 'Shows in order to condemn or warn.',
        questions: ['Is the stance clear without knowing the author?'],
        usualMeasures: ['No measure', 'Label the post, or restrict it by age, when graphic'],
        tco: '1(3): preventing or countering terrorism',
      },
    ],
  },
  {
    id: 'victim-testimony',
    code: 'E.8',
    shortName: 'Testimony',
    severity: 'none',
    versions: [
      {
        label: 'Testimony of victims',
        description: 'People affected tell or show what happened to them.',
        questions: ['Is dignity kept, are bystanders identifiable?'],
        usualMeasures: ['No measure', 'Offer blurring'],
        tco: '1(3): journalistic or educational',
      },
    ],
  },
  {
    id: 'evidence',
    code: 'E.9',
    shortName: 'Evidence',
    severity: 'none',
    versions: [
      {
        label: 'Evidence of crimes and human-rights documentation',
        description: 'Records abuse for accountability.',
        questions: ['Could it be evidence?', 'Is there a preservation duty?'],
        usualMeasures: ['Restrict the post: disabled, rather than remove it', 'Preserve the evidence'],
        tco: '1(3): journalistic or research',
      },
    ],
  },
  {
    id: 'public-debate',
    code: 'E.10',
    shortName: 'Public debate',
    severity: 'none',
    versions: [
      {
        label: 'Polemic in public debate',
        description: 'Radical, polemic or controversial views on political questions.',
        questions: ['Is there a call, threat or instruction beside the view?'],
        usualMeasures: ['No measure'],
        tco: '1(3): polemic or controversial views',
      },
    ],
  },
  {
    id: 'neutral',
    code: 'E.11',
    shortName: 'Neutral mention',
    severity: 'none',
    versions: [
      {
        label: 'Neutral mention or discussion',
        description: 'Talks about a group or event without taking its side.',
        questions: ['Does it take a side, openly or by what it leaves out?'],
        usualMeasures: ['No measure'],
      },
    ],
  },
  {
    id: 'reporting-to-platform',
    code: 'E.12',
    shortName: 'User’s report',
    severity: 'none',
    versions: [
      {
        label: 'Report of a user',
        description: 'A user quotes content to report it.',
        questions: ['Is the text quoted or own?'],
        usualMeasures: ['No measure against the reporter'],
      },
    ],
  },
]
