/// Checks an input against its model's constraints, and words what is wrong as AWS does.
public enum Validator {
  /// How many broken constraints are named.
  private static let reportLimit = 10

  /// - Throws: in the model's style: `ValidationError` or `ValidationException` with AWS's own sentence, or `MissingParameter`.
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
    case .validationError, .validationException:
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
        model.validation == .validationError ? "ValidationError" : "ValidationException",
        "\(count) validation error\(count == 1 ? "" : "s") detected: \(text)", status: 400)
    }
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

    let model: ServiceModel
    var broken: [String] = []
    /// The member whose name has characters that IAM's names can't have.
    var badName: String?

    init(model: ServiceModel) { self.model = model }

    private mutating func fail(_ value: String?, _ path: String, _ constraint: String) {
      guard broken.count < Validator.reportLimit else { return }
      let shown = value.map { "Value \($0) at" } ?? "Value at"
      broken.append("\(shown) '\(path)' failed to satisfy constraint: \(constraint)")
    }

    mutating func structure(_ value: StructureValue, _ shape: Shape, _ path: String) {
      for member in shape.members where !member.isStreaming {
        let name = path + member.name.prefix(1).lowercased() + member.name.dropFirst()
        let memberValue = value[member.position]
        if memberValue.isNull {
          if member.isRequired { fail("null", name, "Member must not be null") }
        } else {
          check(memberValue, model.shapes[member.shape], name)
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
        for constraint in textConstraints(text, shape) {
          fail(shape.isSensitive ? nil : "'\(text)'", path, constraint)
        }
      case .integer(let number): range(Double(number), String(number), shape, path)
      case .double(let number): range(number, Scalars.text(number), shape, path)
      case .blob(let bytes): length(bytes.count, nil, shape, path)
      case .list(let values):
        length(values.count, listText(values), shape, path)
        guard let element = shape.element else { return }
        let elementShape = model.shapes[element.shape]
        for (index, item) in values.enumerated() where !item.isNull {
          if broken.count >= Validator.reportLimit { return }
          check(item, elementShape, "\(path).\(index + 1).member")
        }
      case .map(let entries):
        length(entries.count, nil, shape, path)
        keys(entries, shape, path)
        guard let element = shape.element else { return }
        let elementShape = model.shapes[element.shape]
        for (key, item) in entries where !item.isNull {
          if broken.count >= Validator.reportLimit { return }
          check(item, elementShape, "\(path).\(key).member")
        }
      case .structure(let inner): structure(inner, shape, path + ".")
      case .null, .bool, .timestamp, .document: return
      }
    }

    private func listText(_ values: [Value]) -> String? {
      let texts = values.compactMap(\.string)
      return texts.count == values.count ? "'[\(texts.joined(separator: ", "))]'" : nil
    }

    private mutating func keys(_ entries: MapValue, _ shape: Shape, _ path: String) {
      guard let key = shape.key else { return }
      for (name, _) in entries {
        let constraints = textConstraints(name, model.shapes[key.shape])
        if !constraints.isEmpty {
          fail(nil, path, "Map keys must satisfy constraint: [\(constraints.joined(separator: ", "))]")
          return
        }
      }
    }

    private func textConstraints(_ text: String, _ shape: Shape) -> [String] {
      var broken: [String] = []
      if shape.maximum != nil || shape.minimum != nil {
        // Java counts UTF-16 units.
        broken += lengthConstraints(text.utf16.count, shape)
      }
      if !shape.enumValues.isEmpty, !shape.enumValues.contains(text) {
        broken.append("Member must satisfy enum value set: [\(shape.enumValues.joined(separator: ", "))]")
      }
      if let pattern = shape.compiledPattern, !pattern.matches(text) {
        broken.append("Member must satisfy regular expression pattern: \(shape.pattern ?? "")")
      }
      return broken
    }

    private func lengthConstraints(_ count: Int, _ shape: Shape) -> [String] {
      if let maximum = shape.maximum, Double(count) > maximum {
        return ["Member must have length less than or equal to \(Checker.number(maximum))"]
      }
      if let minimum = shape.minimum, Double(count) < minimum {
        return ["Member must have length greater than or equal to \(Checker.number(minimum))"]
      }
      return []
    }

    private mutating func length(_ count: Int, _ value: String?, _ shape: Shape, _ path: String) {
      for constraint in lengthConstraints(count, shape) { fail(value, path, constraint) }
    }

    private mutating func range(_ number: Double, _ text: String, _ shape: Shape, _ path: String) {
      if let maximum = shape.maximum, number > maximum {
        fail("'\(text)'", path, "Member must have value less than or equal to \(Checker.number(maximum))")
      }
      if let minimum = shape.minimum, number < minimum {
        fail("'\(text)'", path, "Member must have value greater than or equal to \(Checker.number(minimum))")
      }
    }

    private static func number(_ value: Double) -> String {
      Int(exactly: value).map { String($0) } ?? value.description
    }
  }
}
