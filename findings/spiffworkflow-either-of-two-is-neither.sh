#!/bin/sh
# SpiffWorkflow 3.2.0: a decision table of DMN whose cell says "federal","state" holds by DMN for either; here for
# neither, and not("federal") holds for nothing, for a cell is an expression of Python that the input is compared with.
# The next row, if there is one, answers instead, and nothing is said. In a table with the policy UNIQUE, where DMN has
# two rows that hold as a fault, the first answers. An input "tax or 0" with the cell "> 5" is "tax or 0 > 5", and so
# holds for 3.
# Seen: no for "state", no for not("federal") of "state", first for 7 above 5 and below 10, yes for 3 above 5
# Ostiary: its rules are SQL, in which a list is IN, and are read and run with the same precedence.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" SpiffWorkflow==3.2.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import logging
from xml.sax.saxutils import escape
from lxml import etree
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.camunda.parser import CamundaParser

logging.disable(logging.CRITICAL)
PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="d" targetNamespace="https://example.gov">
 <process id="p" isExecutable="true">
  <startEvent id="s"><outgoing>a</outgoing></startEvent><sequenceFlow id="a" sourceRef="s" targetRef="t"/>
  <businessRuleTask id="t" camunda:decisionRef="x"><incoming>a</incoming><outgoing>b</outgoing></businessRuleTask>
  <sequenceFlow id="b" sourceRef="t" targetRef="e"/><endEvent id="e"><incoming>b</incoming></endEvent>
 </process></definitions>"""
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
 namespace="https://example.gov"><decision id="x" name="x"><decisionTable id="y" hitPolicy="{policy}">
 <input id="i"><inputExpression id="j"><text>{given}</text></inputExpression></input>
 <output id="o" name="answer"/>{rows}</decisionTable></decision></definitions>"""
ROW = """<rule id="r{n}"><inputEntry id="i{n}"><text>{cell}</text></inputEntry>
 <outputEntry id="o{n}"><text>"{answer}"</text></outputEntry></rule>"""


def decided(policy, given, rows, data):
    said = "".join(ROW.format(n=n, cell=escape(cell), answer=answer) for n, (cell, answer) in enumerate(rows))
    parser = CamundaParser()
    parser.add_bpmn_xml(etree.fromstring(PROCESS))
    parser.add_dmn_xml(etree.fromstring(TABLE.format(policy=policy, given=given, rows=said)))
    workflow = BpmnWorkflow(parser.get_spec("p"))
    workflow.task_tree.data.update(data)
    workflow.do_engine_steps()
    return workflow.data.get("answer")


found = [
    decided("FIRST", "kind", [('"federal"', "yes"), ("", "no")], {"kind": "federal"}),
    decided("FIRST", "kind", [('"federal","state"', "yes"), ("", "no")], {"kind": "state"}),
    decided("FIRST", "kind", [('not("federal")', "yes"), ("", "no")], {"kind": "state"}),
    decided("UNIQUE", "tax", [("> 5", "first"), ("< 10", "second")], {"tax": 7}),
    decided("FIRST", "tax", [("> 5", "yes"), ("", "no")], {"tax": 3}),
    decided("FIRST", "tax or 0", [("> 5", "yes"), ("", "no")], {"tax": 3}),
]
print(found)
assert found == ["yes", "no", "no", "first", "no", "yes"]
END
