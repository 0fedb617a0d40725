import type { Question } from '../../shared/model'
import classes from './Entries.module.css'

/** Questions of a call, each with what was said to it. */
export function Questions({ questions }: { questions: Question[] }) {
  return (
    <dl className={classes.questions}>
      {questions.map((question) => (
        <div key={question.questionId}>
          <dt>{question.question}</dt>
          {question.source !== 'open' && (
            <dd data-none={question.answer === undefined || undefined}>
              {question.answer ?? 'No answer'}
              {question.source === 'transcript' && <span className={classes.source}> as said on the phone</span>}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
