/// Checks an input against its model's constraints, and words what is wrong as AWS does.
public enum Validator {
  /// How many broken constraints are named.
  private static let reportLimit = 10

  /// - Throws: in the model's style: `ValidationError`, `ValidationException` or `InvalidParameterException` with AWS's own
  ///   sentence, `MissingParameter`, or `InvalidInputException` with its reason.
  public static func validate(
    _ input: StructureValue, operation: OperationModel, model: ServiceModel
  ) throws(AWSError) {
    guard let shape = operation.input else { return }
    switch model.validation {
    case .none: return
    case .missingParameter:
      if let name = missing(input, shape, model, "") {
        throw AWSError("MissingParameter", "The request must contain the parameter \(name).", status: 400)
      }
    case .invalidInput:
      var checker = Checker(model: model)
      checker.structure(input, shape, "")
      if let first = checker.first { throw invalidInput(first) }
    case .validationError, .validationException, .invalidParameter:
      var checker = Checker(model: model)
      checker.structure(input, shape, "")
      if checker.broken.isEmpty {
        guard let member = checker.badName else { return }
        throw AWSError(
          "ValidationError",
          "The specified value for \(member) is invalid. It must contain only alphanumeric characters and/or the "
            + "following: +=,.@_-", status: 400)
      }
      let count = checker.broken.count
      let text = checker.broken.joined(separator: "; ")
      throw AWSError(
        model.validation.code,
        "\(count) validation error\(count == 1 ? "" : "s") detected: \(text)", status: 400)
    }
  }

  /// Organizations names one broken constraint, by its reason and the member.
  ///
  /// The words are recorded from AWS (September 2026), but for those of the minimum length.
  private static func invalidInput(_ broken: Checker.Broken) -> AWSError {
    let path = constantCase(broken.path)
    let (reason, message) =
      switch broken.kind {
      case .missing where path == "TARGET":
        ("INVALID_PATTERN", "You provided a value that does not match the required pattern.")
      case .missing where broken.path.hasPrefix("target."), .choice where broken.path.hasPrefix("target."):
        ("INVALID_PARTY_TYPE_TARGET", "You specified an invalid party type as the target parameter.")
      case .missing: ("INPUT_REQUIRED:\(path)", "You must provide a value for the parameter.")
      case .long: ("MAX_LENGTH_EXCEEDED:\(path)", "You provided a string that exceeds that maximum length.")
      case .short: ("MIN_LENGTH_EXCEEDED:\(path)", "You provided a string that is below the minimum length.")
      case .large: ("MAX_VALUE_EXCEEDED:\(path)", "You provided a value that exceeds the maximum allowed.")
      case .small: ("MIN_VALUE_EXCEEDED:\(path)", "You provided a value that is below the minimum allowed.")
      case .pattern where path == "TARGET_ID":
        // AWS: Organizations API, InvalidInputException.
        ("INVALID_PATTERN_TARGET_ID", "You specified a policy target ID that doesn't match the required pattern.")
      case .pattern: ("INVALID_PATTERN:\(path)", "You provided a value that does not match the required pattern.")
      case .choice where ["POLICY_TYPE", "FILTER", "TYPE"].contains(path):
        ("INVALID_ENUM_POLICY_TYPE", "You specified an invalid policy type.")
      case .choice: ("INVALID_ENUM:\(path)", "You specified an invalid value.")
      }
    return AWSError("InvalidInputException", message, status: 400, fields: [("Reason", .string(reason))])
  }

  /// `FILTER_ACTION_TYPE` for `filter.actionType`, without the places in lists.
  private static func constantCase(_ path: String) -> String {
    let parts = path.split(separator: ".").filter { $0 != "member" && Int($0) == nil }
    return parts.map { part in
      part.reduce(into: "") { text, letter in
        if letter.isUppercase { text += "_" }
        text += letter.uppercased()
      }
    }.joined(separator: "_")
  }

  /// The first required member that is absent, by its path (`SendMessageBatchRequestEntry.1.Id`).
  private static func missing(_ value: StructureValue, _ shape: Shape, _ model: ServiceModel, _ path: String) -> String?
  {
    for member in shape.members where member.isRequired && value[member.position].isNull { return path + member.name }
    for member in shape.members {
      let memberShape = model.shapes[member.shape]
      switch value[member.position] {
      case .structure(let inner):
        if let name = missing(inner, memberShape, model, path + member.name + ".") { return name }
      case .list(let values):
        guard let element = memberShape.element else { continue }
        for (index, item) in values.enumerated() {
          guard case .structure(let inner) = item else { continue }
          let prefix = "\(path)\(element.wireName ?? member.name).\(index + 1)."
          if let name = missing(inner, model.shapes[element.shape], model, prefix) { return name }
        }
      default: continue
      }
    }
    return nil
  }

  private struct Checker {
    /// The characters of IAM's names, about which IAM has a sentence of its own (quoted in Terraform's and moto's tests).
    private static let namePattern = #"[\w+=,.@-]+"#

    /// The kinds of constraints.
    enum Kind { case missing, long, short, large, small, pattern, choice }

    /// A constraint that doesn't hold, and where.
    struct Broken {
      var kind: Kind
      var path: String
    }

    let model: ServiceModel
    private let shapes: [Shape]
    var broken: [String] = []
    /// The first of the broken constraints.
    var first: Broken?
    /// The member whose name has characters that IAM's names can't have.
    var badName: String?

    init(model: ServiceModel) {
      self.model = model
      shapes = model.shapes
    }

    private mutating func fail(_ kind: Kind, _ value: String?, _ path: String, _ constraint: String) {
      if first == nil { first = Broken(kind: kind, path: path) }
      guard broken.count < Validator.reportLimit else { return }
      let shown = value.map { "Value \($0) at" } ?? "Value at"
      broken.append("\(shown) '\(path)' failed to satisfy constraint: \(constraint)")
    }

    mutating func structure(_ value: StructureValue, _ shape: Shape, _ path: String) {
      for member in shape.members where !member.isStreaming {
        let memberValue = value[member.position]
        // Most members of most inputs are absent, and may be.
        if memberValue.isNull, !member.isRequired { continue }
        let name = path + member.name.prefix(1).lowercased() + member.name.dropFirst()
        if memberValue.isNull {
          fail(.missing, "null", name, "Member must not be null")
        } else {
          check(memberValue, shapes[member.shape], name)
        }
        if broken.count >= Validator.reportLimit { return }
      }
    }

    private mutating func check(_ value: Value, _ shape: Shape, _ path: String) {
      switch value {
      case .string(let text):
        if shape.pattern == Checker.namePattern, model.validation == .validationError,
          lengthConstraints(text.utf16.count, shape).isEmpty
        {
          if shape.compiledPattern?.matches(text) == false { badName = badName ?? path }
          return
        }
        for (kind, constraint) in textConstraints(text, shape) {
          fail(kind, shape.isSensitive ? nil : "'\(text)'", path, constraint)
        }
      case .integer(let number): range(Double(number), String(number), shape, path)
      case .double(let number): range(number, Scalars.text(number), shape, path)
      case .blob(let bytes): length(bytes.count, nil, shape, path)
      case .list(let values):
        if !lengthConstraints(values.count, shape).isEmpty { length(values.count, listText(values), shape, path) }
        guard let element = shape.element else { return }
        let elementShape = shapes[element.shape]
        for (index, item) in values.enumerated() where !item.isNull {
          if broken.count >= Validator.reportLimit { return }
          check(item, elementShape, "\(path).\(index + 1).member")
        }
      case .map(let entries):
        length(entries.count, nil, shape, path)
        keys(entries, shape, path)
        guard let element = shape.element else { return }
        let elementShape = shapes[element.shape]
        for (key, item) in entries where !item.isNull {
          if broken.count >= Validator.reportLimit { return }
          check(item, elementShape, "\(path).\(key).member")
        }
      case .structure(let inner): structure(inner, shape, path + ".")
      case .null, .bool, .timestamp, .document, .encodedJSON: return
      }
    }

    private func listText(_ values: [Value]) -> String? {
      let texts = values.compactMap(\.string)
      return texts.count == values.count ? "'[\(texts.joined(separator: ", "))]'" : nil
    }

    private mutating func keys(_ entries: MapValue, _ shape: Shape, _ path: String) {
      guard let key = shape.key else { return }
      for (name, _) in entries {
        let constraints = textConstraints(name, shapes[key.shape])
        if !constraints.isEmpty {
          let texts = constraints.map(\.text).joined(separator: ", ")
          fail(constraints[0].kind, nil, path, "Map keys must satisfy constraint: [\(texts)]")
          return
        }
      }
    }

    private func textConstraints(_ text: String, _ shape: Shape) -> [(kind: Kind, text: String)] {
      var broken: [(kind: Kind, text: String)] = []
      if shape.maximum != nil || shape.minimum != nil {
        // Java counts UTF-16 units.
        broken += lengthConstraints(text.utf16.count, shape)
      }
      if !shape.enumValues.isEmpty, !shape.enumValues.contains(text) {
        broken.append((.choice, "Member must satisfy enum value set: [\(shape.enumValues.joined(separator: ", "))]"))
      }
      if let pattern = shape.compiledPattern, !pattern.matches(text) {
        broken.append((.pattern, "Member must satisfy regular expression pattern: \(shape.pattern ?? "")"))
      }
      return broken
    }

    private func lengthConstraints(_ count: Int, _ shape: Shape) -> [(kind: Kind, text: String)] {
      if let maximum = shape.maximum, Double(count) > maximum {
        return [(.long, "Member must have length less than or equal to \(Checker.number(maximum))")]
      }
      if let minimum = shape.minimum, Double(count) < minimum {
        return [(.short, "Member must have length greater than or equal to \(Checker.number(minimum))")]
      }
      return []
    }

    private mutating func length(_ count: Int, _ value: String?, _ shape: Shape, _ path: String) {
      for (kind, constraint) in lengthConstraints(count, shape) { fail(kind, value, path, constraint) }
    }

    private mutating func range(_ number: Double, _ text: String, _ shape: Shape, _ path: String) {
      if let maximum = shape.maximum, number > maximum {
        fail(.large, "'\(text)'", path, "Member must have value less than or equal to \(Checker.number(maximum))")
      }
      if let minimum = shape.minimum, number < minimum {
        fail(.small, "'\(text)'", path, "Member must have value greater than or equal to \(Checker.number(minimum))")
      }
    }

    private static func number(_ value: Double) -> String {
      Int(exactly: value).map { String($0) } ?? value.description
    }
  }
}
