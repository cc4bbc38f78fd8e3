import Cloud
import Identity
import Wire

/// Which accounts an organization with trails had when it was last looked at.
struct MembersRecord: Record {
  static let kind = "cloudtrail.members"
  static let isCached = true

  let organization: String
  var revision: String
  var accounts: [AccountID]

  var key: Key { Key(organization) }
}

extension TrailHouse {
  /// Gives accounts that have joined an organization with a trail CloudTrail's role, and takes it from those that have left.
  func upkeep() async {
    do throws(AWSError) {
      try await store.transact { transaction throws(AWSError) in
        let organizations = Set(
          try transaction.scan(OrganizationTrailRecord.self, in: .global).map(\.organization))
        let revision = try OrganizationRevision.current(transaction)
        for id in organizations {
          let known = try transaction.get(MembersRecord.self, Key(id), in: .global)
          if known?.revision == revision { continue }
          let accounts = try Organizations.members(of: id, transaction)
          for account in accounts { try ServiceLinkedRole.make(in: account, transaction) }
          for account in known?.accounts ?? [] where !accounts.contains(account) {
            try ServiceLinkedRole.remove(from: account, transaction)
          }
          try transaction.put(MembersRecord(organization: id, revision: revision, accounts: accounts), in: .global)
        }
        // With its last trail an organization needs the roles no more, but AWS leaves them where they are.
        for record in try transaction.scan(MembersRecord.self, in: .global)
        where !organizations.contains(record.organization) {
          try transaction.delete(record, in: .global)
        }
      }
    } catch {
      logger.error("CloudTrail's roles in an organization could not be made: \(error)")
    }
  }
}
