import Policy

/// What the policies above one account have to say of one action, before and after a change: only the statements that
/// are about the action at all. Most calls are settled here, for both sides have the same statements.
final class ActionPlan {
  /// A statement and where it stands.
  struct Candidate {
    let statement: PartialStatement
    let policy: CompiledOrganization.CompiledPolicy
    let level: Int
    /// Whether it names keys that depend on the tree.
    let readsPaths: Bool

    var identity: ObjectIdentifier { ObjectIdentifier(statement) }
  }

  /// One side of the change.
  struct Side {
    var denials: [Candidate] = []
    /// For each level, the statements that allow. Empty for resource control policies, where only denials count.
    var allowances: [[Candidate]] = []
    var levels: [CompiledOrganization.Level] = []

    /// The same statements on both sides decide the same; of allowances each level has to have one.
    func decidesLike(_ other: Side) -> Bool {
      Set(denials.map(\.identity)) == Set(other.denials.map(\.identity)) && allowanceSets == other.allowanceSets
    }

    private var allowanceSets: Set<Set<ObjectIdentifier>> { Set(allowances.map { Set($0.map(\.identity)) }) }

    var candidates: [Candidate] { denials + allowances.joined() }
  }

  let before: Side
  let after: Side
  /// Whether the change can make no difference.
  let isUnchanged: Bool
  /// Whether some statement needs the keys that depend on the tree (`aws:PrincipalOrgPaths`, …).
  let readsOrganization: Bool
  /// Whether caller and Region decide alone, as far as the change makes a difference: no resource and no other key
  /// counts.
  let hangsOnCallerOnly: Bool
  /// Statements that deny on both sides.
  let denialsBefore: Set<ObjectIdentifier>

  /// - Parameter hasMoves: whether the change moves any account.
  init(before: Side, after: Side, hasMoves: Bool) {
    self.before = before
    self.after = after
    let all = before.candidates + after.candidates
    isUnchanged = before.decidesLike(after) && !(hasMoves && all.contains(where: \.readsPaths))
    readsOrganization = all.contains { candidate in
      candidate.statement.keys.contains { OrganizationKeys.all.contains($0) }
    }
    hangsOnCallerOnly = all.allSatisfy { candidate in
      !candidate.statement.namesResources
        && candidate.statement.keys.allSatisfy { CallerKeys.names.contains($0) || $0.hasPrefix(CallerKeys.tags) }
    }
    denialsBefore = Set(before.denials.map(\.identity))
  }
}

/// The condition keys that follow from who calls, whatever the session, and from the Region. In lower case.
private enum CallerKeys {
  static let names: Set<String> = [
    "aws:requestedregion", "aws:principalarn", "aws:principalaccount", "aws:principaltype", "aws:principalorgid",
    "aws:principalorgpaths", "aws:username", "aws:multifactorauthpresent", "aws:principalisawsservice",
  ]
  static let tags = "aws:principaltag/"
}

/// The condition keys that tell of the organization. In lower case.
enum OrganizationKeys {
  static let paths: Set<String> = [
    "aws:principalorgpaths", "aws:resourceorgpaths", "aws:sourceorgpaths", "aws:vpceorgpaths",
  ]
  static let all = paths.union(["aws:principalorgid", "aws:resourceorgid", "aws:sourceorgid"])
}

extension ActionPlan.Side {
  /// - Parameter action: in lower case.
  init(serviceControl standing: CompiledOrganization.Standing, action: String) {
    levels = standing.levels
    for (index, level) in standing.levels.enumerated() {
      var allowed: [ActionPlan.Candidate] = []
      add(level.serviceControl, index, action, &allowed)
      allowances.append(allowed)
    }
  }

  /// - Parameter action: in lower case.
  init(resourceControl standing: CompiledOrganization.Standing, action: String) {
    levels = standing.levels
    var allowed: [ActionPlan.Candidate] = []
    for (index, level) in standing.levels.enumerated() { add(level.resourceControl, index, action, &allowed) }
  }

  private mutating func add(
    _ policies: [CompiledOrganization.CompiledPolicy], _ level: Int, _ action: String,
    _ allowed: inout [ActionPlan.Candidate]
  ) {
    for policy in policies {
      for statement in policy.statements where statement.concerns(action: action) {
        let candidate = ActionPlan.Candidate(
          statement: statement, policy: policy, level: level,
          readsPaths: statement.keys.contains { OrganizationKeys.paths.contains($0) })
        switch statement.effect {
        case .deny: denials.append(candidate)
        case .allow: allowed.append(candidate)
        case nil: break
        }
      }
    }
  }
}
