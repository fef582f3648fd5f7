namespace CaseWorkflows.Engine.Tests;

/// <summary>Scripts that ended a host, ran for minutes or filled the memory in some script engine, and their neighbours.</summary>
internal static class HostileScripts
{
    private const string Kilo = "var s='x'; for (var i = 0; i < 13; i++) s += s; ";
    private const string Mega = "var s='x'.repeat(1000000); ";
    private const string List = "var a=Array(60000).fill(0); ";
    private const string Endless = "var it={[Symbol.iterator](){return this},next:Object.bind(null,{done:false,value:[1,1]})}; ";
    private const string Twice = "var o={}; for(var i=0;i<40;i++)o={a:o,b:o}; ";
    private const string Pairs = "var o=[1]; for(var i=0;i<40;i++)o=[o,o]; ";

    /// <summary>Each must end as an incident, or with a value of bounded size.</summary>
    public static readonly string[] All =
    [
        // Recursion through conversions, getters and hooks.
        "var a=[]; a[0]=a; ''+a",
        "var o={valueOf(){return +this}}; +o",
        "var o={toString(){return ''+this}}; ''+o",
        "var o={toString(){return `${this}`}}; ''+o",
        "var o={[Symbol.toPrimitive](){return +this}}; +o",
        "var o={toJSON(){return JSON.stringify(this)}}; JSON.stringify(o)",
        "var o={get x(){return this.x}}; o.x",
        "var o={get x(){try{return this.x}finally{this.x}}}; o.x",
        "var o={set x(v){this.x=v}}; o.x=1",
        "({get x(){return this.x}})",
        "({get x(){while(true);}})",
        "({toString(){while(true);}}) + ''",
        "throw {get message(){while(true);}}",
        "throw {get message(){return this.message}}",
        "throw new Error('x'.repeat(900000))",
        "var o={[Symbol.iterator](){return [...this]}}; [...o]",
        "class C { static [Symbol.hasInstance](x){ return x instanceof C } } 1 instanceof C",
        "class A { constructor(){ new A() } } new A()",
        "[1].map(function f(){ return [1].map(f) })",
        "'a'.replace(/a/, function f(){ return 'a'.replace(/a/,f) })",
        "[2,1].sort(function f(){ return [2,1].sort(f) })",
        "(function f(){ try { f() } catch (e) { f() } })()",
        "JSON.parse('['.repeat(Math.pow(2,18)))",
        "JSON.parse('['.repeat(Math.pow(2,18)) + ']'.repeat(Math.pow(2,18)))",
        "JSON.parse('{\"a\":'.repeat(100000) + '1' + '}'.repeat(100000))",
        "JSON.parse('[1,2]', function(k,v){ this[1]=this; return v; })",
        "JSON.stringify({a:1}, function(k,v){ return {a:1}; })",
        "var f=()=>1; for(let i=0;i<3000;i++) { let g=f; f=()=>g(); } f()",
        "var f=function(){return 1}; for(var i=0;i<20000;i++) f=f.bind(null); f()",
        "var a=[]; for(var i=0;i<45000;i++) a=[a]; ''+a",
        "var a=[]; for(var i=0;i<45000;i++) a=[a]; JSON.stringify(a)",
        "var a=[]; for(var i=0;i<45000;i++) a=[a]; a.flat(Infinity)",
        "var a=[]; for(var i=0;i<45000;i++) a=[a]; a",
        "var e=Object; for(let i=0;i<3000;i++) e=class extends e{}; new e()",
        "var o={}; for(let i=0;i<20000;i++) o={__proto__:o}; o.zzz",

        // What must not be there.
        "eval('1')", "new Function('return 1')()", "(function(){}).constructor('return 1')()", "(class {}).constructor('return 1')()",
        "new Proxy({}, {get(t,k,r){return r[k]}}).x", "new Uint8Array(1e9)", "new ArrayBuffer(2e9)", "BigInt('9'.repeat(3000000))", "Promise.resolve().then(1)",
        "new ShadowRealm().evaluate('1')", "Atomics.wait()", "Reflect.apply(1)", "globalThis.System.IO", "setTimeout(1)", "[].values().drop(1e9).next()",

        // Native functions that give more than they get.
        Kilo + "new Array(10000).join(s)",
        Kilo + "Array(60000).fill(s).join('')",
        Kilo + "''+Array(60000).fill(s)",
        Kilo + "`${Array(60000).fill(s)}`",
        Kilo + "Array(60000).fill(s).toLocaleString()",
        Kilo + "String.prototype.concat.apply('', Array(60000).fill(s))",
        Kilo + "JSON.stringify(Array(60000).fill(s))",
        Kilo + "encodeURIComponent(Array(60000).fill(s))",
        Kilo + "Array(60000).fill(s)",
        Kilo + "setVariable('x', Array(60000).fill(s))",
        "'x'.repeat(2**29)", "'x'.padStart(2**29)", "'x'.padEnd(2**29,'ab')", "'x'.repeat(-1)", "'x'.repeat(Infinity)",
        "'x'.repeat(1000000).replace(/x/g, 'y'.repeat(10000))",
        "'x'.repeat(1000000).replaceAll('x', 'y'.repeat(10000))",
        "'x'.repeat(1000000).split('').join('y'.repeat(10000))",
        "'x'.repeat(1000000).replace(/(x)/g, '" + "$1$1$1$1$1$1$1$1$1$1" + "')",
        Mega + "s.replace(/x/g, '$`')", Mega + "s.replaceAll('x', \"$'\")", Mega + "s.replace(/x/g, s)",
        "'x'.repeat(50000).replace(/(?=(x*))/g,'$1')", "'x'.repeat(50000).split(/(?=(x*))/)", "[...'x'.repeat(50000).matchAll(/(?=(x*))/g)]",
        "'x'.repeat(50000).match(/(?=(x*))/gu)", "'x'.repeat(60000).replace(/x/g, String.prototype.repeat.bind('y',10000))",
        Twice + "JSON.stringify(o)", Twice + "JSON.stringify(o,null,10)", Twice + "o", Twice + "setVariable('x', o)",
        Pairs + "''+o", Pairs + "o.flat(Infinity)", Pairs + "o", "var o=[1]; for(var i=0;i<40;i++)o=o.concat(o)", "var o=[1]; for(var i=0;i<40;i++)o=[...o,...o]",
        "[].concat(...Array(60000).fill(Array(60000).fill(1)))", "Array(60000).fill(Array(60000).fill(1)).flat()", "Array(60000).fill(1).flatMap(()=>Array(60000).fill(1))",
        "var s='x'; while(true) s+=s", "var s='x'; while(true) s=`${s}${s}`", "var s=''; for(;;) s='xxxxxxxxxxxxxxxxxxxxxxxx'+s",

        // Native functions that take long.
        "new Array(4000000000).join('x')", "Array.from({length:4000000000})", "Array.prototype.join.call({length:1e12},'x')",
        "Array.prototype.lastIndexOf.call({length:1e12},1)", "Array.prototype.fill.call({length:1e12},1)", "Array.prototype.sort.call({length:1e12})",
        "Array.prototype.forEach.call({length:1e12}, function(){})", "var a=[]; a[4294967290]=1; a.sort()", "var a=[]; a[4294967290]=1; a.reverse()",
        "Math.max.apply(null,{length:1e9})", "String.raw({raw:{length:1e12}},'x')",
        List + "a.map(Array.prototype.indexOf.bind(a,1))", List + "a.map(Array.prototype.slice.bind(a))", List + "a.map(Array.prototype.map.bind(a, Array.prototype.indexOf.bind(a,1)))",
        List + "a.sort(Array.prototype.indexOf.bind(a,1))", List + "a.map(JSON.stringify.bind(null,a))", List + "while(true) a.indexOf(1)",
        List + "var o={toString:Array.prototype.join,length:60000}; a.fill(o).join()", List + "a.map(String.bind(null,a))", List + "Array.from(a, Array.from.bind(null,a))",
        List + "a.forEach(a.forEach.bind(a, a.includes.bind(a,1)))", List + "a.reduce(a.indexOf.bind(a,1))", List + "new Set(a.keys()).forEach(Array.prototype.indexOf.bind(a,1))",
        "var b='a'.repeat(1000000); Array(60000).fill('ab').map(b.indexOf, b)", "var b='a'.repeat(1000000); Array(60000).fill('ab').map(String.prototype.indexOf.bind(b))",
        "var s='a'.repeat(1000000); s.includes('a'.repeat(250000)+'b'+'a'.repeat(250000))", "var s='a'.repeat(1000000); s.split('a'.repeat(250000)+'b'+'a'.repeat(250000))",
        "('a'+'\\u0301\\u0323'.repeat(250000)).normalize('NFD')", "('a'+'\\u0301\\u0323'.repeat(4000)).localeCompare('a'+'\\u0323\\u0301'.repeat(4000))",
        "'a'+'\\u0301\\u0323'.repeat(200000)",
        "({...'x'.repeat(3000000)})", "var s='x'; for(var i=0;i<23;i++)s+=s; ({...s})", "var s='x'; for(var i=0;i<23;i++)s+=s; for (var k in s) {}", Mega + "Object.entries(s)", Mega + "Object.assign({}, s)",
        Mega + "for(;;) s.indexOf('y')", Mega + "for(;;) s.toUpperCase()", "parseInt('1'.repeat(1000000))", "Date.parse('1'.repeat(1000000))", "Date.parse('2026-01-01T'+' '.repeat(1000000))",
        Endless + "new Set(it)", Endless + "new Map(it)", Endless + "Array.from(it)", Endless + "[...it]", Endless + "Object.fromEntries(it)", Endless + "for (const x of it);", Endless + "var [...x]=it",
        "new Set([1]).union({size:1e9,has(){return true},keys(){return {next:Object.bind(null,{done:false})}}})",
        "Array(60000).fill(new Date(0)).map(x=>x.toLocaleDateString('sv-SE',{dateStyle:'full'}))",

        // Regular expressions.
        "/(a+)+$/.test('a'.repeat(40)+'!')", "/(a+)+$/u.test('a'.repeat(40)+'!')", "/(?<x>a+)+$/v.test('a'.repeat(40)+'!')", "'a'.repeat(40).replace(/(a+)+b/,'')", "'a'.repeat(40).match('(a+)+b')",
        "'a'.repeat(40).split(/(a+)+b/)", "'a'.repeat(40).search(/(a+)+b/)", "[...'a'.repeat(100000).matchAll(/(a+)+b/g)]", "/(x+x+)+y/.exec('x'.repeat(10000))",
        "new RegExp('('.repeat(5000)+'a'+')'.repeat(5000)).test('a')", "new RegExp('(?:'.repeat(20000)+'a'+')*'.repeat(20000))", "new RegExp('['.repeat(20000)+']'.repeat(20000),'v')",
        "new RegExp('a|'.repeat(1000000))", "for(;;) new RegExp('(?:a'+Math.random()+')+[b-z]*').test('a')", "new RegExp('\\\\p{L}'.repeat(150),'u').test('a')", "''.match('a|'.repeat(100000))",
        "/a/.constructor('a|'.repeat(100000))", "RegExp.prototype.exec=function(){return {index:0,length:1,0:''}}; 'abc'.replace(/x/g,'y')", "RegExp.prototype.exec=Object.bind(null,['a']); 'abc'.match(/x/g)",
        "RegExp.prototype.exec=Object.bind(null,{index:0,length:1e9,0:''}); 'abc'.split(/x/)", "var r=/x/g; r.exec=()=>['']; 'abc'.replace(r,'y')",

        // Plain scripts, which run where they are called.
        string.Join('+', Enumerable.Repeat("'xxxxxxxxxx'", 200)), "[" + string.Join(',', Enumerable.Repeat("[1,2,3]", 150)) + "].toString()", "1e308*10", "'å'.toUpperCase()",
        "for(;;);", "do ; while(true)", "while(1)1", "label: for(;;) { continue label }",
    ];
}
