import Wire

extension LifecycleRules {
  /// The configuration as it is shown.
  var shown: [LifecycleRule] { rules.map(\.shown) }
}

extension LifecycleRules.Rule {
  fileprivate var shown: LifecycleRule {
    LifecycleRule(
      expiration: expiration.map { expiration in
        LifecycleExpiration(
          date: expiration.when?.date, days: expiration.when?.days, expiredObjectDeleteMarker: expiration.removesMarkers
        )
      },
      id: id, prefix: filter.form == .oldPrefix ? filter.prefix : nil, filter: filter.shown,
      status: isEnabled ? "Enabled" : "Disabled",
      transitions: transitions.isEmpty
        ? nil
        : transitions.map {
          S3.Transition(date: $0.when.date, days: $0.when.days, storageClass: $0.storageClass)
        },
      noncurrentVersionTransitions: noncurrentTransitions.isEmpty
        ? nil
        : noncurrentTransitions.map {
          NoncurrentVersionTransition(
            noncurrentDays: $0.days, storageClass: $0.storageClass, newerNoncurrentVersions: $0.kept)
        },
      noncurrentVersionExpiration: noncurrentExpiration.map {
        NoncurrentVersionExpiration(noncurrentDays: $0.days, newerNoncurrentVersions: $0.kept)
      },
      abortIncompleteMultipartUpload: abortDays.map { AbortIncompleteMultipartUpload(daysAfterInitiation: $0) })
  }
}

extension LifecycleRules.When {
  fileprivate var days: Int? { if case .days(let days) = self { days } else { nil } }
  fileprivate var date: Timestamp? { if case .date(let date) = self { date } else { nil } }
}

extension LifecycleRules.Filter {
  fileprivate var shown: LifecycleRuleFilter? {
    let tag = tags.first.map { Tag(key: $0.key, value: $0.value) }
    switch form {
    case .oldPrefix: return nil
    case .empty: return LifecycleRuleFilter()
    case .prefix: return LifecycleRuleFilter(prefix: prefix)
    case .tag: return LifecycleRuleFilter(tag: tag)
    case .greater: return LifecycleRuleFilter(objectSizeGreaterThan: greater.map { Int($0) })
    case .less: return LifecycleRuleFilter(objectSizeLessThan: less.map { Int($0) })
    case .and:
      return LifecycleRuleFilter(
        and: LifecycleRuleAndOperator(
          prefix: prefix.isEmpty ? nil : prefix,
          tags: tags.isEmpty ? nil : tags.map { Tag(key: $0.key, value: $0.value) },
          objectSizeGreaterThan: greater.map { Int($0) }, objectSizeLessThan: less.map { Int($0) }))
    }
  }
}
