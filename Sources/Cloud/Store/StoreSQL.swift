/// The statements that ``StoreEngine`` keeps prepared, by their numbers: hashing their texts would cost more than binding them.
enum StoreSQL: Int {
  case begin, commit, rollback, savepoint, rollbackTo, release, get, contains, put, remove, putEntry, removeEntry,
    scanUp, scanDown, scanIndexUp, scanIndexDown, count, countIndex, isTimeHeld, kinds, addKind, addHolder,
    nextScope, lastOrder, reserveOrder

  var text: String {
    switch self {
    case .begin:
      "BEGIN IMMEDIATE"
    case .commit:
      "COMMIT"
    case .rollback:
      "ROLLBACK"
    case .savepoint:
      "SAVEPOINT handler"
    case .rollbackTo:
      "ROLLBACK TO handler"
    case .release:
      "RELEASE handler"
    case .get:
      "SELECT body FROM records WHERE kind = ?1 AND scope = ?2 AND key = ?3"
    case .contains:
      "SELECT 1 FROM records WHERE kind = ?1 AND scope = ?2 AND key = ?3"
    case .put:
      "INSERT OR REPLACE INTO records (kind, scope, key, body) VALUES (?1, ?2, ?3, ?4)"
    case .remove:
      "DELETE FROM records WHERE kind = ?1 AND scope = ?2 AND key = ?3"
    case .putEntry:
      "INSERT OR REPLACE INTO entries (name, scope, value, key) VALUES (?1, ?2, ?3, ?4)"
    case .removeEntry:
      "DELETE FROM entries WHERE name = ?1 AND scope = ?2 AND value = ?3 AND key = ?4"
    case .scanUp:
      "SELECT body FROM records WHERE kind = ?1 AND scope = ?2 AND key >= ?3 AND key < ?4 ORDER BY key LIMIT ?5"
    case .scanDown:
      "SELECT body FROM records WHERE kind = ?1 AND scope = ?2 AND key >= ?3 AND key < ?4 ORDER BY key DESC LIMIT ?5"
    case .scanIndexUp:
      """
      SELECT body FROM entries JOIN records ON kind = ?6 AND records.scope = entries.scope AND records.key = entries.key
      WHERE name = ?1 AND entries.scope = ?2 AND value >= ?3 AND value < ?4 ORDER BY value, entries.key LIMIT ?5
      """
    case .scanIndexDown:
      """
      SELECT body FROM entries JOIN records ON kind = ?6 AND records.scope = entries.scope AND records.key = entries.key
      WHERE name = ?1 AND entries.scope = ?2 AND value >= ?3 AND value < ?4 ORDER BY value DESC, entries.key DESC LIMIT ?5
      """
    case .count:
      """
      SELECT count(*) FROM
      (SELECT 1 FROM records WHERE kind = ?1 AND scope = ?2 AND key >= ?3 AND key < ?4 LIMIT ?5)
      """
    case .countIndex:
      """
      SELECT count(*) FROM
      (SELECT 1 FROM entries WHERE name = ?1 AND scope = ?2 AND value >= ?3 AND value < ?4 LIMIT ?5)
      """
    case .isTimeHeld:
      "SELECT 1 FROM holders WHERE EXISTS (SELECT 1 FROM records WHERE records.kind = holders.kind) LIMIT 1"
    case .kinds:
      "SELECT id, name FROM kinds"
    case .addKind:
      "INSERT INTO kinds (name) VALUES (?1)"
    case .addHolder:
      "INSERT INTO holders (kind) VALUES (?1)"
    case .nextScope:
      "SELECT min(scope) FROM records WHERE kind = ?1 AND scope > ?2"
    case .lastOrder:
      "SELECT value FROM counters WHERE name = 'order'"
    case .reserveOrder:
      "INSERT OR REPLACE INTO counters (name, value) VALUES ('order', ?1)"
    }
  }
}
