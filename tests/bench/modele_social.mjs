// Times the public model (modele-social) on payslip cases; run by bench_paie.py, from a
// copy beside the installed packages.
// node modele_social.mjs CASES.json LINES.json TIMES: prints the milliseconds of processor of
// each case, the best of TIMES passes over all. One engine, reused; a first pass warms it up and is not counted.
import fs from 'node:fs'
import Engine from 'publicodes'
import rules from 'modele-social'

const [, , casesFile, linesFile, times] = process.argv
const quiet = { log() {}, warn() {}, error() {} }
const engine = new Engine(rules, { logger: quiet })
const COST = 'salarié . coût total employeur'
const WANTED = [
  'salarié . rémunération . brut',
  'salarié . cotisations . salarié',
  'salarié . cotisations . employeur',
  'salarié . rémunération . net . à payer avant impôt',
  'salarié . rémunération . net . imposable',
  'salarié . rémunération . montant net social',
  COST,
  ...JSON.parse(fs.readFileSync(linesFile)).map((n) => `salarié . cotisations . ${n}`),
]
const yes = (flag) => (flag ? 'oui' : 'non')
const situationOf = (c) => ({
  date: `01/${c.mois.slice(5)}/${c.mois.slice(0, 4)}`,
  'salarié . contrat': `'${c.contrat}'`,
  'salarié . contrat . salaire brut': `${c.salaire_brut} €/mois`,
  'salarié . contrat . statut cadre': yes(c.cadre),
  'entreprise . salariés . effectif': String(c.effectif),
  'entreprise . association non lucrative': yes(c.association),
  'établissement . taux ATMP': `${c.taux_at}%`,
  'salarié . régimes spécifiques . alsace moselle': yes(c.alsace_moselle),
  ...(c.heures_hebdomadaires < 35 && {
    'salarié . contrat . temps de travail . temps partiel': 'oui',
    'salarié . contrat . temps de travail . temps partiel . heures par semaine': `${c.heures_hebdomadaires} heures/semaine`,
  }),
  ...(c.heures_supplementaires > 0 && {
    'salarié . temps de travail . heures supplémentaires': `${c.heures_supplementaires} heure/mois`,
  }),
  ...(c.idcc === '2511' && { 'salarié . convention collective': "'sport'" }),
})
const compute = (c) => {
  engine.setSituation(situationOf(c.cas))
  return WANTED.map((name) => engine.evaluate(name).nodeValue)
}
// what an artiste needs beyond these questions is asked once, by the oracle's own runner
const cases = JSON.parse(fs.readFileSync(casesFile)).filter((c) => c.cas.statut === undefined)
const pass = () => {
  const start = process.cpuUsage()
  const results = cases.map(compute)
  const { user, system } = process.cpuUsage(start)
  return [(user + system) / 1000 / cases.length, results]
}
pass()
let best = Infinity
for (let i = 0; i < Number(times); i++) {
  const [ms, results] = pass()
  const wrong = results.findIndex((r, n) => Math.abs(r[WANTED.indexOf(COST)] - cases[n].totals.cout_employeur) > 0.01)
  if (wrong >= 0) throw new Error(`case ${cases[wrong].id} differs from what is committed`)
  best = Math.min(best, ms)
}
console.log(JSON.stringify({ ms: best, names: WANTED.length }))
