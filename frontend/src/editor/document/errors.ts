/** DocumentError ─ UnknownObject · DuplicateObject · UnknownClass · IdsExhausted · NoTask */
export class DocumentError extends Error {
  override readonly name: string = 'DocumentError'
}

export class UnknownObject extends DocumentError {
  override readonly name = 'UnknownObject'
  constructor(key: string) {
    super(`There is no object ${key} in this task.`)
  }
}

export class DuplicateObject extends DocumentError {
  override readonly name = 'DuplicateObject'
  constructor(key: string) {
    super(`The object ${key} is already in this task.`)
  }
}

export class UnknownClass extends DocumentError {
  override readonly name = 'UnknownClass'
  constructor(classId: string) {
    super(`There is no class ${classId} in this ontology.`)
  }
}

export class IdsExhausted extends DocumentError {
  override readonly name = 'IdsExhausted'
  constructor() {
    super('65,535 objects have been made since this task was opened. Reload it to make more.')
  }
}

export class NoTask extends DocumentError {
  override readonly name = 'NoTask'
  constructor() {
    super('No task is open.')
  }
}
